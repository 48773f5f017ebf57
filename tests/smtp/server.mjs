// Tells on standard output, one JSON object a line, where it listens and what it took.
import { readFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const options = JSON.parse(process.argv[2] ?? '{}');
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const reply = (code, text) => Object.assign(new Error(text), { responseCode: code });
let busy = options.busyTimes ?? 0;

const server = new SMTPServer({
  name: 'mail.test',
  authOptional: !options.user,
  allowInsecureAuth: true,
  disabledCommands: [...(options.certificate ? [] : ['STARTTLS']), ...(options.user ? [] : ['AUTH'])],
  ...(options.certificate ? { cert: readFileSync(options.certificate), key: readFileSync(options.key) } : {}),
  onAuth: (auth, session, done) =>
    auth.username === options.user && auth.password === options.password ? done(null, { user: auth.username }) : done(reply(535, 'Wrong user or password')),
  onRcptTo: (address, session, done) => done(address.address.startsWith('nobody@') ? reply(550, `No such mailbox ${address.address}`) : undefined),
  onData: (stream, session, done) => {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      if (busy-- > 0) {
        done(reply(451, 'Try again later'));
        return;
      }

      tell({
        from: session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map((to) => to.address),
        secure: session.secure,
        user: session.user ?? null,
        raw: Buffer.concat(parts).toString('utf8'),
      });
      done(null, 'Taken');
    });
  },
});

server.on('error', (fault) => process.stderr.write(`${fault.message}\n`));
server.listen(options.port ?? 0, '127.0.0.1', () => tell({ port: server.server.address().port }));
// It ends with the test that started it, however that ends.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
