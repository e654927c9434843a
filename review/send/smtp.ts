/** One SMTP conversation (RFC 5321), by nodemailer's connection: bytes and envelope as they are given. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { SeamError } from '../../tools/errors.ts';
import type { OutMail } from './outbox.ts';

/** Where to send, and as whom. */
export interface Server {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`); otherwise STARTTLS. */
  readonly secure: boolean;
  readonly user: string | null;
  readonly password: string | null;
}

/** What became of one mail. */
export type Delivery =
  | { readonly kind: 'sent'; readonly rejected: readonly string[] }
  /** The server has certainly not taken it. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The conversation broke when the whole mail was out and no answer in. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** `smtp://[user@]host[:port]` or `smtps://…`. A password in it would end up in histories. */
export function parseServer(text: string, password: string | undefined): Server {
  const url = URL.canParse(text) ? new URL(text) : null;
  const secure = url?.protocol === 'smtps:';
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    throw unfit(`'${text}' names no server`, 'smtps://user@mail.example.org');
  }
  if (url.password !== '')
    throw unfit(
      'a server is named with a password in it',
      'put the password into SEAM_SMTP_PASSWORD',
    );
  const user = url.username === '' ? null : decodeURIComponent(url.username);
  if (user !== null && password === undefined)
    throw unfit(`no password for '${user}'`, 'put it into the environment, as SEAM_SMTP_PASSWORD');
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 465 : user === null ? 25 : 587) : Number(url.port),
    secure,
    user,
    password: user === null ? null : (password ?? null),
  };
}

function unfit(message: string, hint: string): SeamError {
  return new SeamError('smtp-server', message, { kind: 'usage', hint });
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

export class Conversation {
  readonly #connection: SMTPConnection;
  #broken: string | null = null;

  private constructor(connection: SMTPConnection) {
    this.#connection = connection;
    // Errors outside of a command: the next command tells them.
    connection.on('error', (error: Error) => {
      this.#broken ??= error.message;
    });
  }

  /** Connect, encrypt, log in. */
  static async open(server: Server): Promise<Conversation> {
    const connection = new SMTPConnection({
      host: server.host,
      port: server.port,
      secure: server.secure,
      // A password never goes out in the clear; on this machine there is no wire to listen to.
      requireTLS: server.user !== null && !LOOPBACK.test(server.host),
      // The name of this machine is nobody's business; an address literal is always right.
      name: '[127.0.0.1]',
    });
    const conversation = new Conversation(connection);
    await conversation.#connect(server);
    return conversation;
  }

  async #connect({ host, port, user, password }: Server): Promise<void> {
    const failed = (reason: unknown): SeamError =>
      new SeamError('smtp-connect', `cannot speak to '${host}' at port ${port}`, {
        kind: 'environment',
        data: { reason: messageOf(reason) },
        cause: reason,
      });
    try {
      await new Promise<void>((resolve, reject) => {
        this.#connection.once('error', reject);
        this.#connection.connect((error) => (error instanceof Error ? reject(error) : resolve()));
      });
      if (user !== null)
        await new Promise<void>((resolve, reject) => {
          this.#connection.login({ credentials: { user, pass: password ?? '' } }, (error) =>
            error === null || error === undefined ? resolve() : reject(error),
          );
        });
    } catch (error) {
      this.#connection.close();
      throw failed(error);
    }
  }

  /** Hand over one mail. */
  async send(mail: OutMail): Promise<Delivery> {
    if (this.#broken !== null) return { kind: 'refused', reason: this.#broken };
    const body = Readable.from([Buffer.from(mail.bytes)]);
    const envelope = {
      from: mail.from,
      to: [...mail.to],
      use8BitMime: mail.bytes.some((byte) => byte > 127),
    };
    const answer = await new Promise<{ error: unknown; rejected: readonly unknown[] }>(
      (resolve) => {
        this.#connection.send(envelope, body, (error, info) =>
          resolve({ error, rejected: info?.rejected ?? [] }),
        );
      },
    );
    if (answer.error === null || answer.error === undefined)
      return { kind: 'sent', rejected: answer.rejected.map(String) };
    const reason = messageOf(answer.error);
    this.#broken ??= hasCode(answer.error) ? null : reason;
    // An answer is a refusal; and as long as the body was not read to its end, no dot ended the mail.
    const certain = hasCode(answer.error) || !body.readableEnded;
    return { kind: certain ? 'refused' : 'unknown', reason };
  }

  /** Say goodbye and wait for the end. */
  async close(): Promise<void> {
    if (this.#broken !== null) {
      this.#connection.close();
      return;
    }
    const ended = once(this.#connection, 'end');
    this.#connection.quit();
    await ended;
  }
}

function hasCode(error: unknown): boolean {
  return (
    error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number'
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
