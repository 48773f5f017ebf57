// Verifies an exported audit trail without the product: node audit-verify.mjs audit.ndjson [first key in base64]
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const [file, pinned] = process.argv.slice(2);
const sha = text => createHash('sha256').update(text).digest('hex');
const idOf = raw => createHash('sha256').update(raw).digest('hex').slice(0, 16);
// The fixed prefix makes a DER public key (RFC 8410) of the 32 bytes.
const keyOf = raw => createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]), format: 'der', type: 'spki' });
const fail = (at, why) => { console.log(`FAULT at entry ${at}: ${why}`); process.exit(1); };

const trusted = new Map(), seals = new Map();
let hash = '0'.repeat(64), last = 0, head = 0, count = 0, sealed = 0;
for await (const line of createInterface({ input: createReadStream(file) })) {
  const one = JSON.parse(line);
  if (one.type === 'chain') {
    if (pinned && pinned !== one.firstKey) fail(0, 'the chain began with another key');
    const raw = Buffer.from(one.firstKey, 'base64');
    trusted.set(idOf(raw), keyOf(raw));
    head = one.head;
  } else if (one.type === 'seal') {
    const text = ['opsdashboard audit 1', one.kind, one.sequence, one.hash, one.atMs, one.keyId, one.nextKey ?? '-'].join('\n');
    const key = trusted.get(one.keyId) ?? fail(one.sequence, 'sealed with a key that no rotation introduced');
    if (!verify(null, Buffer.from(text), key, Buffer.from(one.signature, 'base64'))) fail(one.sequence, 'the signature is wrong');
    if (one.kind === 'rotation') { const raw = Buffer.from(one.nextKey, 'base64'); trusted.set(idOf(raw), keyOf(raw)); }
    if (one.kind === 'gap') { last = one.sequence; hash = one.hash; }
    seals.set(one.sequence, one.hash);
    sealed = Math.max(sealed, one.sequence);
  } else {
    if (one.sequence !== last + 1) fail(last + 1, 'it is missing');
    if (JSON.parse(one.body).sequence !== one.sequence) fail(one.sequence, 'its body is that of another entry');
    hash = sha(`${hash}\n${one.body}`);
    if (hash !== one.hash) fail(one.sequence, 'it does not follow from the one before');
    if (seals.has(one.sequence) && seals.get(one.sequence) !== hash) fail(one.sequence, 'the chain is not the one that was sealed');
    last = one.sequence; count++;
  }
}
if (last < Math.max(sealed, head)) fail(last + 1, 'the tail is missing');
console.log(`${count} entries hold together, sealed through ${sealed}`);
