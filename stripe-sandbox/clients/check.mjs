// Stripe's own clients drive a running sandbox: node check.mjs http://127.0.0.1:PORT
// Every endpoint that the sandbox claims is called by stripe-node, every webhook verified by it, and every
// script of `stripe trigger` passes or fails as docs/sandbox.md says. Ends with 1 and what is wrong, else with 0.
import Stripe from 'stripe';
import { coverage } from './coverage.mjs';
import { listen } from './listener.mjs';
import { purchases } from './purchases.mjs';
import { billing } from './billing.mjs';
import { controls } from './controls.mjs';
import { triggers } from './triggers.mjs';

const address = process.argv[2];
if (!address) {
  console.error('usage: node check.mjs http://127.0.0.1:PORT');
  process.exit(2);
}
const key = 'sk_test_1234567890abcdef';
const { hostname, port } = new URL(address);
const stripe = new Stripe(key, { host: hostname, port: Number(port), protocol: 'http', telemetry: false, maxNetworkRetries: 0 });

const wrong = [];
const part = async (name, work) => {
  const began = Date.now();
  try {
    console.log(`${name}: ${await work()} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    wrong.push(`${name}: ${error.message}`);
    if (!(error instanceof Stripe.errors.StripeError)) console.error(error.stack);
  }
};

const covered = coverage(stripe);
const listener = await listen(stripe);
await part('purchases', () => purchases(stripe));
await part('billing', () => billing(stripe));
await part('controls', () => controls(stripe));
await part('endpoints', () => covered.every());
await part('webhooks', () => listener.verified());
await part('stripe trigger', () => triggers(stripe, address, key));
await listener.close(stripe);
wrong.forEach((what) => console.error(`FAILED ${what}`));
process.exit(wrong.length ? 1 : 0);
