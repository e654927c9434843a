/** The programs that read mails of patches, asked what they make of a thread. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git, output, run } from './programs.ts';

/** What `git mailinfo` reads from a mail, without what may differ: the lines between message and diff. */
export function mailinfo(mail: Uint8Array, scratch: string): string {
  const [message, patch] = [join(scratch, 'mailinfo-message'), join(scratch, 'mailinfo-patch')];
  const info = output('git', ['mailinfo', '--encoding=UTF-8', message, patch], { input: mail });
  const facts = info.split('\n').filter((line) => !line.startsWith('Date:'));
  const text = readFileSync(patch, 'latin1');
  const diff = text.slice(text.search(/^diff /m)).replace(/\n-- \n[^]*$/, '\n');
  // git am stores the message like this, and so do we before it is sent.
  const stripped = output('git', ['stripspace'], { input: readFileSync(message) });
  return [...facts, stripped, diff].join('\n');
}

/** A work tree of a repository at `path`, in which mails can be applied. */
export function cloneFor(repository: string, path: string): void {
  output('git', ['clone', '--quiet', '--shared', '--no-checkout', repository, path]);
}

/** The trees after each patch, by `git am` of mailboxes on a revision. */
export function treesAfterAm(
  path: string,
  revision: string,
  mailboxes: readonly string[],
): string[] {
  git(path, 'checkout', '--quiet', '--detach', revision);
  const base = git(path, 'rev-parse', 'HEAD');
  git(path, 'am', '--quiet', ...mailboxes);
  return git(path, 'log', '--reverse', '--format=%T', `${base}..HEAD`).split('\n');
}

/**
 * How many patches `b4 am` takes from the thread that has `id`, without asking any server. Its version
 * 0.12 stumbles over folded subjects in a mailbox, those of git format-patch among them, so it gets
 * them on one line, as a web archive would give them.
 */
export function patchesByB4(mbox: string, id: string, scratch: string): number {
  const out = join(scratch, 'b4');
  mkdirSync(out, { recursive: true });
  const unfolded = join(scratch, 'b4.mbox');
  const text = readFileSync(mbox, 'latin1').replace(/^Subject: .*(?:\n .*)+/gm, (field) =>
    field.replaceAll('\n ', ' '),
  );
  writeFileSync(unfolded, text, 'latin1');
  const env = {
    HOME: scratch,
    XDG_DATA_HOME: scratch,
    XDG_CACHE_HOME: scratch,
    // b4 looks for the sign-off of whoever calls it.
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'user.name',
    GIT_CONFIG_VALUE_0: 'Reader',
    GIT_CONFIG_KEY_1: 'user.email',
    GIT_CONFIG_VALUE_1: 'reader@seam.invalid',
  };
  const done = run('b4', ['am', '--no-cover', '-m', unfolded, '-o', out, id], {
    cwd: scratch,
    input: '',
    env,
  });
  const named = /git am \S*?([^/\s]+\.mbx)/.exec(done.stderr + done.stdout.toString())?.[1];
  if (done.status !== 0 || named === undefined)
    throw new Error(`b4 am: status ${done.status}\n${done.stderr}`);
  return readFileSync(join(out, named), 'latin1').match(/^From git@z /gm)?.length ?? 0;
}

/** Sizes of the threads that public-inbox finds in a maildir, sorted. */
export function threadsByPublicInbox(maildir: string, scratch: string): number[] {
  const inbox = join(scratch, 'inbox');
  const config = join(scratch, 'inbox-config');
  const env = { PI_CONFIG: config, HOME: scratch, ORIGINAL_RECIPIENT: 'list@seam.invalid' };
  output(
    'public-inbox-init',
    ['-V2', 'list', inbox, 'http://inbox.invalid/', 'list@seam.invalid'],
    { env },
  );
  git(scratch, 'config', '-f', config, 'publicinboxmda.spamcheck', 'none');
  for (const name of readdirSync(join(maildir, 'new')).toSorted())
    output('public-inbox-mda', ['--no-precheck'], {
      env,
      input: readFileSync(join(maildir, 'new', name)),
    });
  const over = readdirSync(inbox).find((name) => name.startsWith('xap'));
  const query = 'SELECT COUNT(*) FROM over WHERE num > 0 GROUP BY tid';
  const script = `my $d = DBI->connect("dbi:SQLite:dbname=$ARGV[0]"); print "$_->[0]\\n" for @{$d->selectall_arrayref("${query}")}`;
  const rows = output('perl', ['-MDBI', '-e', script, join(inbox, over ?? '', 'over.sqlite3')]);
  return rows
    .trim()
    .split('\n')
    .map(Number)
    .sort((a, b) => a - b);
}
