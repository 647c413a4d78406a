// A webhook endpoint of one's own: what it is sent must be verifiable by stripe-node.
import http from 'node:http';
import { check } from './coverage.mjs';

const MOST_BYTES = 1 << 20;
const MOST_EVENTS = 5000;
const WAIT_MS = 120_000;

export async function listen(stripe) {
  const received = [];
  const server = http.createServer(async (request, response) => {
    const parts = [];
    let size = 0;
    for await (const part of request) {
      size += part.length;
      if (size > MOST_BYTES) return response.writeHead(413).end();
      parts.push(part);
    }
    received.push({ body: Buffer.concat(parts), signature: request.headers['stripe-signature'] });
    response.writeHead(200).end();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const [before] = (await stripe.events.list({ limit: 1 })).data;
  const endpoint = await stripe.webhookEndpoints.create({
    url: `http://127.0.0.1:${server.address().port}/`,
    enabled_events: ['*'],
    api_version: '2026-10-28.endive',
  });
  const open = ({ body, signature }) => stripe.webhooks.constructEvent(body, signature, endpoint.secret);
  return {
    /** Every event that the sandbox lists since the endpoint was made has arrived here and is signed. */
    async verified() {
      const expected = await stripe.events.list({ limit: 100, ending_before: before?.id }).autoPagingToArray({ limit: MOST_EVENTS });
      const until = Date.now() + WAIT_MS;
      const ids = () => new Set(received.map((one) => open(one).id));
      let missing = expected;
      while ((missing = expected.filter((e) => !ids().has(e.id))).length && Date.now() < until) {
        await new Promise((wait) => setTimeout(wait, 200));
      }
      check(!missing.length, `${missing.length} events never came, such as ${missing[0]?.type} ${missing[0]?.id}`);
      const forged = { ...received[0], body: Buffer.concat([received[0].body, Buffer.from(' ')]) };
      let accepted = true;
      try {
        open(forged);
      } catch (error) {
        accepted = error.type !== 'StripeSignatureVerificationError';
      }
      check(!accepted, 'a changed body passed as signed');
      return `${received.length} deliveries of ${ids().size} events verified`;
    },
    async close() {
      await stripe.webhookEndpoints.del(endpoint.id);
      server.close();
    },
  };
}
