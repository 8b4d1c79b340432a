// Receives webhooks on loopback and verifies them with the npm package standardwebhooks.
//
//     node receive.js SECRET
//
// Prints "listening PORT", and for each request a line of JSON. Answers 204 to what is verified, 400 to the rest.
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.argv[2]);

const server = createServer((request, response) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => {
    const body = Buffer.concat(pieces).toString('utf8');
    let verdict;
    try {
      verdict = { verified: true, payload: webhook.verify(body, request.headers) };
    } catch (error) {
      verdict = { verified: false, reason: error.message };
    }
    console.log(JSON.stringify({ id: request.headers['webhook-id'], ...verdict }));
    response.writeHead(verdict.verified ? 204 : 400).end();
  });
});

server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
