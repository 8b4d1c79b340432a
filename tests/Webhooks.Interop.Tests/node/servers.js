// Receives webhooks on loopback and verifies them with the providers' own packages.
//
//     node servers.js KEYS
//
// KEYS is JSON: the key of each scheme. Prints a line of JSON for each package, then "listening PORT". A request goes
// to /N, N being the number of the package among those lines. Answers 204 to what is verified, 400 to the rest.
import { createServer } from 'node:http';
import { verifiers } from './verifiers.js';
import { versionOf } from './packages.js';

const keys = JSON.parse(process.argv[2]);

const server = createServer((request, response) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', async () => {
    const body = Buffer.concat(pieces).toString('utf8');
    const url = `http://${request.headers.host}${request.url}`;
    const { scheme, verify } = verifiers[Number(request.url.slice(1))];
    let verified;
    try {
      verified = await verify({ headers: request.headers, body, url, request, response }, keys[scheme]);
    } catch (error) {
      verified = false;
      console.log(`refused by ${scheme}: ${error.message}`);
    }
    response.writeHead(verified === true ? 204 : 400).end();
  });
});

verifiers.forEach(({ name, package: source, scheme }) =>
  console.log(JSON.stringify({ name, scheme, version: versionOf(source) })));
server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
