// How the providers' own packages sign. Each signer posts to a route of samples/Receiver; `sign` gives the headers and
// the body of a request. `tamper` changes a body after it was signed, by default with a space at its end.
import { createPrivateKey, sign as signWithKey, createHash, createHmac } from 'node:crypto';
import AdyenLibrary from '@adyen/api-library';
import { Signature as HubSpotSignature } from '@hubspot/api-client';
import { sign as signGitHub } from '@octokit/webhooks-methods';
import '@shopify/shopify-api/adapters/node';
import { HashFormat, createSHA256HMAC } from '@shopify/shopify-api/runtime';
import { WorkOS } from '@workos-inc/node';
import { httpbis } from 'http-message-signatures';
import Pusher from 'pusher';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import nacl from 'tweetnacl';
import twilio from 'twilio';

const body = JSON.stringify({ id: 'evt_1', type: 'invoice.paid', note: 'Grüße, 日本 🎉' });
const json = { 'content-type': 'application/json' };
const seconds = () => Math.floor(Date.now() / 1000);
const withSpace = (text) => `${text} `;
const signer = (name, route, sign, tamper = withSpace) =>
  ({ name, package: name.split(' ')[0], route, sign, tamper });

const standardHeaders = (prefix, webhook) => {
  const [id, time] = ['msg_1', new Date()];
  return {
    ...json,
    [`${prefix}-id`]: id,
    [`${prefix}-timestamp`]: String(Math.floor(time.getTime() / 1000)),
    [`${prefix}-signature`]: webhook.sign(id, time, body),
  };
};

const keyPairOf = (secret) =>
  nacl.sign.keyPair.fromSeed(Buffer.from(secret.slice('whsk_'.length), 'base64').subarray(0, 32));

const adyen = new (AdyenLibrary.hmacValidator ?? AdyenLibrary.HmacValidator)();
const adyenItem = {
  pspReference: '8535296650153317',
  merchantAccountCode: 'Shop',
  merchantReference: 'order-1',
  amount: { value: 1000, currency: 'EUR' },
  eventCode: 'AUTHORISATION',
  success: 'true',
};

export const signers = [
  signer('stripe', 'stripe', ({ secret }) => ({
    headers: { ...json, 'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload: body, secret }) },
    body,
  })),

  signer('@octokit/webhooks-methods', 'github', async ({ secret }) => ({
    headers: { ...json, 'x-github-event': 'push', 'x-hub-signature-256': await signGitHub(secret, body) },
    body,
  })),

  signer('twilio (form)', 'twilio', ({ secret, url }) => {
    const form = { MessageSid: 'SM1', Body: 'Grüße & more', To: '+49 30 1' };
    return {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': twilio.getExpectedTwilioSignature(secret, url, form),
      },
      body: new URLSearchParams(form).toString(),
    };
  }, (form) => `${form}&From=1`),

  signer('twilio (JSON)', 'twilio', ({ secret, url }) => {
    const query = `?bodySHA256=${twilio.getExpectedBodyHash(body)}`;
    return {
      headers: { ...json, 'x-twilio-signature': twilio.getExpectedTwilioSignature(secret, url + query, {}) },
      body,
      query,
    };
  }),

  signer('standardwebhooks', 'standard', ({ secret }) =>
    ({ headers: standardHeaders('webhook', new StandardWebhook(secret)), body })),

  signer('svix', 'svix', ({ secret }) => ({ headers: standardHeaders('svix', new SvixWebhook(secret)), body })),

  signer('@shopify/shopify-api', 'shopify', async ({ secret }) => ({
    headers: { ...json, 'x-shopify-hmac-sha256': await createSHA256HMAC(secret, body, HashFormat.Base64) },
    body,
  })),

  signer('@hubspot/api-client', 'hubspot', ({ secret, url }) => {
    const timestamp = Date.now();
    return {
      headers: {
        ...json,
        'x-hubspot-request-timestamp': String(timestamp),
        'x-hubspot-signature-v3': HubSpotSignature.getSignature(
          'POST', 'v3', { clientSecret: secret, url, requestBody: body, timestamp }),
      },
      body,
    };
  }),

  signer('@workos-inc/node', 'workos', async ({ secret }) => {
    const timestamp = Date.now();
    const signature = await new WorkOS('sk_test').webhooks.signatureProvider.computeSignature(
      timestamp, JSON.parse(body), secret);
    return { headers: { ...json, 'workos-signature': `t=${timestamp}, v1=${signature}` }, body };
  }),

  signer('@adyen/api-library (payments)', 'adyen', ({ secret }) => {
    const additionalData = { hmacSignature: adyen.calculateHmac(adyenItem, secret) };
    const items = [{ NotificationRequestItem: { ...adyenItem, additionalData } }];
    return { headers: json, body: JSON.stringify({ live: 'false', notificationItems: items }) };
  }, (text) => text.replace('"value":1000', '"value":1001')),

  signer('@adyen/api-library (platforms)', 'adyen-platform', ({ secret }) => ({
    headers: { ...json, hmacsignature: adyen.calculateHmac(body, secret) },
    body,
  })),

  signer('pusher', 'pusher', ({ secret }) => ({
    headers: { ...json, 'x-pusher-key': 'app', 'x-pusher-signature': new Pusher.Token('app', secret).sign(body) },
    body,
  })),

  // Discord's package can only verify; this is the package that it verified with for years.
  signer('tweetnacl (as Discord)', 'discord', ({ secret }) => {
    const timestamp = String(seconds());
    const pair = keyPairOf(secret);
    const signature = nacl.sign.detached(Buffer.from(timestamp + body), pair.secretKey);
    return {
      headers: {
        ...json,
        'x-signature-timestamp': timestamp,
        'x-signature-ed25519': Buffer.from(signature).toString('hex'),
      },
      body,
    };
  }),

  signer('http-message-signatures (hmac-sha256)', 'rfc9421', ({ secret, url }) => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    return signMessage(url, {
      alg: 'hmac-sha256',
      sign: async (data) => createHmac('sha256', key).update(data).digest(),
    });
  }),

  signer('http-message-signatures (ed25519)', 'rfc9421-ed25519', ({ secret, url }) => {
    const pair = keyPairOf(secret);
    return signMessage(url, {
      alg: 'ed25519',
      sign: async (data) => Buffer.from(nacl.sign.detached(data, pair.secretKey)),
    });
  }),

  // SendGrid's package can only verify, so Node.js signs.
  signer('@sendgrid/eventwebhook (signed by Node.js)', 'sendgrid', ({ secret }) => {
    const timestamp = String(seconds());
    return {
      headers: {
        ...json,
        'x-twilio-email-event-webhook-timestamp': timestamp,
        'x-twilio-email-event-webhook-signature':
          signWithKey('sha256', Buffer.from(timestamp + body), createPrivateKey(secret)).toString('base64'),
      },
      body,
    };
  }),
];

async function signMessage(url, key) {
  const digest = createHash('sha256').update(body).digest('base64');
  const request = {
    method: 'POST',
    url,
    headers: { ...json, 'webhook-id': 'msg_1', 'content-digest': `sha-256=:${digest}:` },
  };
  const signed = await httpbis.signMessage(
    { key: { id: 'shared', ...key }, fields: ['@method', '@target-uri', 'content-digest', 'webhook-id'] }, request);
  return { headers: signed.headers, body };
}
