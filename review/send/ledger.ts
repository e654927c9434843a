/**
 * Which mails have been sent, on disk, so that no mail goes out twice: not after a cut connection, not
 * when two people send at once, not from a changed manifest. One small file for each Message-ID, made
 * before the mail is handed over and completed when the server has taken it. A file that was never
 * completed means that nobody knows; then a person decides.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SeamError } from '../../tools/errors.ts';
import type { OutMail } from './outbox.ts';

export type SentState =
  /** Never handed over, or refused. */
  | 'new'
  | 'sent'
  /** Handed over, and no answer seen. */
  | 'unknown';

interface Entry {
  readonly id: string;
  readonly state: 'sending' | 'sent';
  readonly digest: string;
  readonly to: readonly string[];
  readonly time: string;
}

export class Ledger {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** What is known of a mail. */
  async state({ id }: Pick<OutMail, 'id'>): Promise<SentState> {
    const entry = await this.#read(id);
    if (entry === null) return 'new';
    return entry.state === 'sent' ? 'sent' : 'unknown';
  }

  /** Claim a mail before it is handed over. False when it is claimed or sent already. */
  async claim(mail: OutMail, time: Date): Promise<boolean> {
    await mkdir(this.#folder(mail.id), { recursive: true, mode: 0o700 });
    try {
      // Exclusive: of two that try at once, one gets it.
      await this.#write(this.#file(mail.id), 'wx', entryOf(mail, 'sending', time));
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    }
  }

  /** The server has taken the mail. */
  async complete(mail: OutMail, time: Date): Promise<void> {
    const file = this.#file(mail.id);
    const temporary = `${file}.new`;
    await rm(temporary, { force: true });
    await this.#write(temporary, 'wx', entryOf(mail, 'sent', time));
    await rename(temporary, file);
  }

  /** The server has certainly not taken the mail, or a person says that it was lost. */
  async release({ id }: Pick<OutMail, 'id'>): Promise<void> {
    await rm(this.#file(id), { force: true });
  }

  async #read(id: string): Promise<Entry | null> {
    const text = await readFile(this.#file(id), 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
    if (text === null) return null;
    try {
      return JSON.parse(text) as Entry;
    } catch {
      // Written in part: the claim was there, so the mail may have gone out.
      return { id, state: 'sending', digest: '', to: [], time: '' };
    }
  }

  async #write(file: string, flags: 'wx', entry: Entry): Promise<void> {
    const handle = await open(file, flags, 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(entry)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  /** A Message-ID is a stranger's text and never a path: its hash is. */
  #folder(id: string): string {
    return join(this.#directory, hashOf(id).slice(0, 2));
  }

  #file(id: string): string {
    return join(this.#folder(id), hashOf(id));
  }
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

function entryOf({ id, digest, to }: OutMail, state: Entry['state'], time: Date): Entry {
  return { id, state, digest, to, time: time.toISOString() };
}

/** `$XDG_STATE_HOME/seam/sent` (XDG base directory specification 0.8). */
export function ledgerDirectory(env: Readonly<Record<string, string | undefined>>): string {
  const state = env['XDG_STATE_HOME'] ?? '';
  const home = env['HOME'] ?? '';
  if (state.startsWith('/')) return join(state, 'seam', 'sent');
  if (home.startsWith('/')) return join(home, '.local', 'state', 'seam', 'sent');
  throw new SeamError('no-state-directory', 'no place to note what has been sent', {
    kind: 'environment',
    hint: 'set HOME or XDG_STATE_HOME',
  });
}
