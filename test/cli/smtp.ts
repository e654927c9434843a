/** A real SMTP server in the test's own process, which can break off where a test wants it to. */
import { type AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came over the wire, CR LF and all. */
  readonly bytes: Buffer;
}

/** What the server does with the n-th mail (from 1) that it is given. */
export type Fate = 'take' | 'refuse' | 'cut-before-data' | 'cut-before-answer';

export interface MailServer {
  readonly url: string;
  readonly received: Received[];
}

export interface ServerOptions {
  readonly fate?: (mail: number) => Fate;
  /** Recipients that are not taken. */
  readonly unknown?: readonly string[];
  readonly user?: { readonly name: string; readonly password: string };
}

/** Start a server on a free port; it goes when the test ends. */
export async function mailServer(options: ServerOptions = {}): Promise<MailServer> {
  const { fate = () => 'take', unknown = [], user } = options;
  const received: Received[] = [];
  let count = 0;
  const hangUp = (session: SMTPServerSession): void => {
    for (const connection of server.connections) {
      if ((connection as unknown as { session: SMTPServerSession }).session.id === session.id)
        (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
    }
  };
  const server = new SMTPServer({
    authOptional: user === undefined,
    disabledCommands: user === undefined ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === user?.name && password === user?.password
        ? done(null, { user: username })
        : done(new Error('wrong password')),
    onMailFrom: (_address, session, done) => {
      count += 1;
      if (fate(count) === 'cut-before-data') hangUp(session);
      else done();
    },
    onRcptTo: ({ address }, _session, done) =>
      unknown.includes(address)
        ? done(Object.assign(new Error('no such user'), { responseCode: 550 }))
        : done(),
    onData: (stream: SMTPServerDataStream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          bytes: Buffer.concat(chunks),
        };
        switch (fate(count)) {
          case 'refuse':
            return done(Object.assign(new Error('not today'), { responseCode: 451 }));
          case 'cut-before-answer':
            received.push(mail);
            return hangUp(session);
          default:
            received.push(mail);
            return done();
        }
      });
    },
  });
  // A connection that is cut on purpose is no news.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;
  const login = user === undefined ? '' : `${encodeURIComponent(user.name)}@`;
  return { url: `smtp://${login}127.0.0.1:${port}`, received };
}
