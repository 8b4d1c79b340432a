// Signs webhooks with the providers' own packages and posts them to samples/Receiver.
//
//     node clients.js ORIGIN KEYS
//
// KEYS is JSON: for each route a secret and a stranger's. For each client three requests are made, and a line of JSON
// tells their statuses: one that is genuine, one with another body than was signed, and one that a stranger signed.
import { signers } from './signers.js';
import { versionOf } from './packages.js';

const [origin, keys] = [process.argv[2], JSON.parse(process.argv[3])];

async function send(signer, secret, tamper) {
  const url = `${origin}/hooks/${signer.route}`;
  const { headers, body, query = '' } = await signer.sign({ secret, url });
  const response = await fetch(url + query, { method: 'POST', headers, body: tamper ? signer.tamper(body) : body });
  return response.status;
}

for (const signer of signers) {
  const { secret, stranger } = keys[signer.route];
  console.log(JSON.stringify({
    name: signer.name,
    version: versionOf(signer.package),
    genuine: await send(signer, secret, false),
    tampered: await send(signer, secret, true),
    stranger: await send(signer, stranger, false),
  }));
}
console.log('done');
