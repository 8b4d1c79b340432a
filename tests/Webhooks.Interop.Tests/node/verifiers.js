// How the providers' own packages verify. Each verifier takes a request ({ headers, body, url }) and a key, and gives
// true or false, or throws.
import AdyenLibrary from '@adyen/api-library';
import { Signature as HubSpotSignature } from '@hubspot/api-client';
import * as line from '@line/bot-sdk';
import { LinearWebhookClient } from '@linear/sdk/webhooks';
import { verify as verifyGitHub } from '@octokit/webhooks-methods';
import { Paddle } from '@paddle/paddle-node-sdk';
import { EventWebhook as SendGridWebhook } from '@sendgrid/eventwebhook';
import '@shopify/shopify-api/adapters/node';
import { ApiVersion, shopifyApi } from '@shopify/shopify-api';
import { isValidSlackRequest } from '@slack/bolt';
import { WorkOS } from '@workos-inc/node';
import { WebhooksManager as BoxWebhooks } from 'box-node-sdk/managers/webhooks';
import { verifyKey as verifyDiscord } from 'discord-interactions';
import { createVerifier, httpbis } from 'http-message-signatures';
import { createHash, createPublicKey } from 'node:crypto';
import Pusher from 'pusher';
import Razorpay from 'razorpay';
import { WebhooksHelper as SquareWebhooks } from 'square';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import twilio from 'twilio';

const adyen = new (AdyenLibrary.hmacValidator ?? AdyenLibrary.HmacValidator)();
const verifier = (name, scheme, verify) => ({ name, package: name.split(' ')[0], scheme, verify });

export const verifiers = [
  verifier('stripe', 'stripe', ({ headers, body }, key) =>
    Stripe.webhooks.constructEvent(body, headers['stripe-signature'], key).type === 'invoice.paid'),

  verifier('@octokit/webhooks-methods', 'github', ({ headers, body }, key) =>
    verifyGitHub(key, body, headers['x-hub-signature-256'])),

  verifier('twilio', 'twilio', ({ headers, body, url }, key) =>
    twilio.validateRequest(key, headers['x-twilio-signature'], url, Object.fromEntries(new URLSearchParams(body)))),

  verifier('standardwebhooks', 'standard', ({ headers, body }, key) =>
    new StandardWebhook(key).verify(body, headers).type === 'invoice.paid'),

  verifier('svix', 'svix', ({ headers, body }, key) =>
    new SvixWebhook(key).verify(body, headers).type === 'invoice.paid'),

  verifier('@slack/bolt', 'slack', ({ headers, body }, key) => isValidSlackRequest({
    signingSecret: key,
    body,
    headers: {
      'x-slack-signature': headers['x-slack-signature'],
      'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
    },
  })),

  verifier('@shopify/shopify-api', 'shopify', async ({ headers, body, request, response }, key) => {
    const shopify = shopifyApi({
      apiKey: 'app',
      apiSecretKey: key,
      apiVersion: ApiVersion.April26,
      hostName: 'shop.example',
      isEmbeddedApp: false,
      logger: { log: () => {} },
    });
    const verdict = await shopify.webhooks.validate({ rawBody: body, rawRequest: request, rawResponse: response });

    // The headers that it misses otherwise aren't part of the signature.
    return verdict.valid || verdict.reason === 'missing_headers';
  }),

  verifier('@hubspot/api-client', 'hubspot', ({ headers, body, url }, key) => HubSpotSignature.isValid({
    signatureVersion: 'v3',
    method: 'POST',
    clientSecret: key,
    requestBody: body,
    url,
    timestamp: Number(headers['x-hubspot-request-timestamp']),
    signature: headers['x-hubspot-signature-v3'],
  })),

  verifier('square', 'square', ({ headers, body, url }, key) => SquareWebhooks.verifySignature({
    requestBody: body,
    signatureHeader: headers['x-square-hmacsha256-signature'],
    signatureKey: key,
    notificationUrl: url,
  })),

  verifier('@sendgrid/eventwebhook', 'sendgrid', ({ headers, body }, key) => {
    const webhook = new SendGridWebhook();
    return webhook.verifySignature(
      webhook.convertPublicKeyToECDSA(key),
      body,
      headers['x-twilio-email-event-webhook-signature'],
      headers['x-twilio-email-event-webhook-timestamp']);
  }),

  verifier('discord-interactions', 'discord', ({ headers, body }, key) =>
    verifyDiscord(body, headers['x-signature-ed25519'], headers['x-signature-timestamp'], key)),

  verifier('@paddle/paddle-node-sdk', 'paddle', ({ headers, body }, key) =>
    new Paddle('key').webhooks.isSignatureValid(body, key, headers['paddle-signature'])),

  verifier('@line/bot-sdk', 'line', ({ headers, body }, key) =>
    line.validateSignature(body, key, headers['x-line-signature'])),

  verifier('@linear/sdk', 'linear', ({ headers, body }, key) =>
    new LinearWebhookClient(key).verify(Buffer.from(body), headers['linear-signature'])),

  verifier('@workos-inc/node', 'workos', async ({ headers, body }, key) => {
    await new WorkOS('sk_test').webhooks.verifyHeader({
      payload: JSON.parse(body), sigHeader: headers['workos-signature'], secret: key,
    });
    return true;
  }),

  verifier('@adyen/api-library (payments)', 'adyen', ({ body }, key) =>
    JSON.parse(body).notificationItems.every((item) => adyen.validateHMAC(item.NotificationRequestItem, key))),

  verifier('@adyen/api-library (platforms)', 'adyen-platform', ({ headers, body }, key) =>
    adyen.validateHMACSignature(key, headers.hmacsignature, body)),

  // The two headers that name the algorithm aren't part of the signature.
  verifier('box-node-sdk', 'box', ({ headers, body }, key) => BoxWebhooks.validateMessage(
    body, { ...headers, 'box-signature-version': '1', 'box-signature-algorithm': 'HmacSHA256' }, key)),

  verifier('pusher', 'pusher', ({ headers, body }, key) => new Pusher({ appId: '1', key: 'app', secret: key, host: '127.0.0.1' })
    .webhook({ headers: { ...headers, 'x-pusher-key': 'app' }, rawBody: body }).isValid()),

  verifier('razorpay', 'razorpay', ({ headers, body }, key) =>
    Razorpay.validateWebhookSignature(body, headers['x-razorpay-signature'], key)),

  verifier('http-message-signatures (hmac-sha256)', 'rfc9421', (request, key) => verifyMessage(
    request, createVerifier(Buffer.from(key.slice('whsec_'.length), 'base64'), 'hmac-sha256'))),

  verifier('http-message-signatures (ed25519)', 'rfc9421-ed25519', (request, key) => {
    const x = Buffer.from(key.slice('whpk_'.length), 'base64').toString('base64url');
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verifyMessage(request, createVerifier(publicKey, 'ed25519'));
  }),
];

// The package verifies the headers; that the digest is the body's is for its caller to check.
async function verifyMessage({ headers, body, url }, verify) {
  const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  const verified = await httpbis.verifyMessage(
    { keyLookup: async () => ({ verify }), requiredFields: ['@method', '@target-uri', 'content-digest'] },
    { method: 'POST', url, headers });
  return verified === true && headers['content-digest'] === digest;
}
