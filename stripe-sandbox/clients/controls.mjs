// Events, webhook endpoints, and the sandbox's own switches.
import { check, refused } from './coverage.mjs';

export async function controls(stripe) {
  const [event] = (await stripe.events.list({ limit: 1 })).data;
  await stripe.events.retrieve(event.id);
  await stripe.rawRequest('POST', `/_sandbox/events/${event.id}/redeliver`);
  const endpoint = await stripe.webhookEndpoints.create({ url: 'http://127.0.0.1:9/', enabled_events: ['invoice.paid'] });
  await stripe.webhookEndpoints.retrieve(endpoint.id);
  await stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
  await stripe.webhookEndpoints.list();
  await stripe.webhookEndpoints.del(endpoint.id);
  await stripe.rawRequest('POST', '/_sandbox/faults', { rate_limit: 1, api_error: 1 });
  const left = await stripe.rawRequest('GET', '/_sandbox/faults');
  check(left.rate_limit === 1, 'a fault is not set');
  await refused(stripe.customers.list(), 'StripeAPIError');
  await refused(stripe.customers.list(), 'StripeRateLimitError');
  await stripe.rawRequest('DELETE', '/_sandbox/faults');
  await stripe.rawRequest('POST', '/_sandbox/settle');
  const { now } = await stripe.rawRequest('POST', '/_sandbox/advance', { seconds: 60 });
  check(now > event.created, 'time does not go on');
  return 'events, webhook endpoints, faults, time';
}
