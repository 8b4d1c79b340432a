// Signs a webhook with the npm package standardwebhooks and posts it.
//
//     node send.js URL SECRET ID SIGNED_BODY [SENT_BODY] [AGE_IN_SECONDS]
//
// SENT_BODY is what goes over the wire instead of the signed body, to play a forger. Prints the status of the answer.
import { Webhook } from 'standardwebhooks';

const [url, secret, id, signed, sent = '', age = '0'] = process.argv.slice(2);
const time = new Date(Date.now() - Number(age) * 1000);
const response = await fetch(url, {
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(time.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, time, signed),
  },
  body: sent === '' ? signed : sent,
});
console.log(`status ${response.status}`);
