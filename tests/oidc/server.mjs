// A real OpenID provider. Whoever asks is signed in at once as the account of the options; one JSON line tells where it listens.
// A line on standard input replaces the account; a process that starts anew on the port signs with other keys.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import Provider from 'oidc-provider';

const options = JSON.parse(process.argv[2] ?? '{}');
let account = options.account;

const http = createServer();
http.listen(options.port ?? 0, '127.0.0.1', () => {
  const { port } = http.address();
  const issuer = `http://127.0.0.1:${port}`;
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...key, kid: randomUUID(), use: 'sig', alg: 'RS256' }] },
    clients: [{
      client_id: 'opsdashboard',
      client_secret: options.secret,
      redirect_uris: options.redirects,
      grant_types: ['authorization_code'],
      response_types: ['code'],
    }],
    claims: { openid: ['sub', 'roles'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: [randomUUID()] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...account, sub }) }),
    renderError: (context, out) => {
      context.type = 'json';
      context.body = out;
    },
  });
  const callback = provider.callback();
  http.on('request', async (request, response) => {
    if (!request.url.startsWith('/interaction/')) {
      callback(request, response);
      return;
    }

    const { params, prompt, session } = await provider.interactionDetails(request, response);
    if (prompt.name === 'login') {
      await provider.interactionFinished(request, response, { login: { accountId: account.sub, amr: account.amr } }, { mergeWithLastSubmission: false });
      return;
    }

    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope('openid profile email');
    await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
  });
  process.stdout.write(`${JSON.stringify({ port })}\n`);
});

// It ends with the test that started it, however that ends.
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  account = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ account: account.sub })}\n`);
});
lines.on('close', () => process.exit(0));
