// Catalogue, Checkout, payments, refunds and disputes, all by stripe-node.
import { check, refused } from './coverage.mjs';

/** A payment method with an address, as a buyer leaves it on the page. */
export const buyer = (stripe) =>
  stripe.paymentMethods.create({
    type: 'card',
    card: { token: 'tok_visa' },
    billing_details: { email: 'jeanne@exemple.fr', name: 'Jeanne Dupont', address: { line1: '1 rue de la Paix', postal_code: '75002', city: 'Paris', country: 'FR' } },
  });

export async function purchases(stripe) {
  await catalogue(stripe);
  await checkout(stripe);
  await links(stripe);
  await deliveries(stripe);
  await intents(stripe);
  await payouts(stripe);
  await refunds(stripe);
  await disputes(stripe);
  return 'catalogue, Checkout, payments, refunds, disputes';
}

async function catalogue(stripe) {
  const product = await stripe.products.create({ name: 'Bail', default_price_data: { currency: 'eur', unit_amount: 1500 } });
  await stripe.products.retrieve(product.id, { expand: ['default_price'] });
  await stripe.products.update(product.id, { metadata: { partner: 'gererseul' } });
  check((await stripe.products.list({ active: true })).data.some((one) => one.id === product.id), 'a product is not listed');
  const price = await stripe.prices.create({ product: product.id, currency: 'eur', unit_amount: 2500 });
  await stripe.prices.retrieve(price.id);
  check((await stripe.prices.update(price.id, { nickname: 'Usuel' })).nickname === 'Usuel', 'a price keeps its nickname');
  await stripe.prices.list({ product: product.id });
  const other = await stripe.products.create({ name: 'De trop' });
  check((await stripe.products.del(other.id)).deleted, 'a product is not deleted');
  await refused(stripe.products.create({ name: 'x', colour: 'red' }), 'StripeInvalidRequestError', 'parameter_unknown');
}

const cart = (more = {}) => ({
  mode: 'payment',
  success_url: 'http://127.0.0.1/merci?session={CHECKOUT_SESSION_ID}',
  line_items: [{ quantity: 2, price_data: { currency: 'eur', unit_amount: 1500, product_data: { name: 'Quittance' } } }],
  ...more,
});

async function checkout(stripe) {
  const open = await stripe.checkout.sessions.create(cart({ metadata: { partner: 'gererseul' } }));
  await stripe.rawRequest('GET', `/v1/payment_pages/${open.id}`);
  const card = await buyer(stripe);
  await stripe.rawRequest('POST', `/v1/payment_pages/${open.id}/confirm`, { payment_method: card.id });
  const paid = await stripe.checkout.sessions.retrieve(open.id, { expand: ['line_items', 'payment_intent'] });
  check(paid.payment_status === 'paid' && paid.amount_total === 3000, 'a session is not paid');
  check(paid.line_items.data[0].description === 'Quittance', 'line items are not expanded');
  check((await stripe.checkout.sessions.listLineItems(open.id)).data.length === 1, 'line items are not listed');
  check((await stripe.checkout.sessions.list({ payment_intent: paid.payment_intent.id })).data[0].id === open.id, 'a session is not found');
  const left = await stripe.checkout.sessions.create(cart());
  check((await stripe.checkout.sessions.expire(left.id)).status === 'expired', 'a session is not expired');
  await refused(stripe.checkout.sessions.expire(left.id), 'StripeInvalidRequestError');
}

/** A link is visited, and the session of the visit is paid. */
async function links(stripe) {
  const price = await stripe.prices.create({ currency: 'eur', unit_amount: 900, product_data: { name: 'Modèle de bail' } });
  const link = await stripe.paymentLinks.create({ line_items: [{ price: price.id, quantity: 2 }], metadata: { partner: 'gererseul' } });
  await stripe.paymentLinks.update(link.id, { allow_promotion_codes: true });
  await stripe.paymentLinks.retrieve(link.id, { expand: ['line_items'] });
  await stripe.paymentLinks.list({ active: true });
  check((await stripe.paymentLinks.listLineItems(link.id)).data[0].quantity === 2, 'a link has no lines');
  const visit = await fetch(`${link.url}?client_reference_id=panier-7`, { redirect: 'manual' });
  const id = visit.headers.get('location').split('/').pop();
  const card = await buyer(stripe);
  await stripe.rawRequest('POST', `/v1/payment_pages/${id}/confirm`, { payment_method: card.id });
  const [session] = (await stripe.checkout.sessions.list({ payment_link: link.id })).data;
  check(session.id === id && session.payment_status === 'paid' && session.amount_total === 1800, 'a link is not paid');
  check(session.metadata.partner === 'gererseul' && session.client_reference_id === 'panier-7', 'a link hands nothing on');
  await stripe.paymentLinks.update(link.id, { active: false });
  check((await fetch(link.url, { redirect: 'manual' })).status === 410, 'a closed link is open');
}

async function deliveries(stripe) {
  const rate = await stripe.shippingRates.create({ display_name: 'Colissimo', fixed_amount: { amount: 600, currency: 'eur' } });
  await stripe.shippingRates.retrieve(rate.id);
  await stripe.shippingRates.update(rate.id, { metadata: { poids: '2' } });
  await stripe.shippingRates.list();
  const express = { display_name: 'Express', fixed_amount: { amount: 1200, currency: 'eur' } };
  const session = await stripe.checkout.sessions.create(
    cart({ shipping_options: [{ shipping_rate: rate.id }, { shipping_rate_data: express }], shipping_address_collection: { allowed_countries: ['FR'] } }),
  );
  check(session.amount_total === 3600, 'a delivery is not in the total');
  const card = await buyer(stripe);
  const chosen = session.shipping_options[1].shipping_rate;
  await stripe.rawRequest('POST', `/v1/payment_pages/${session.id}/confirm`, { payment_method: card.id, shipping_rate: chosen });
  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent', 'shipping_cost.shipping_rate'] });
  check(paid.amount_total === 4200 && paid.shipping_cost.shipping_rate.display_name === 'Express', 'another delivery is not chosen');
  check(paid.collected_information.shipping_details.address.city === 'Paris', 'nobody knows where to deliver');
  check(paid.payment_intent.shipping.name === 'Jeanne Dupont', 'a payment has no delivery');
}

const pay = (stripe, method, more = {}) =>
  stripe.paymentIntents.create({ amount: 2000, currency: 'eur', payment_method: method, confirm: true, ...more });

async function intents(stripe) {
  const key = `clients-${Date.now()}`;
  const waiting = await stripe.paymentIntents.create({ amount: 2000, currency: 'eur' }, { idempotencyKey: key });
  check((await stripe.paymentIntents.create({ amount: 2000, currency: 'eur' }, { idempotencyKey: key })).id === waiting.id, 'a key makes two intents');
  await stripe.paymentIntents.update(waiting.id, { description: 'Bail' });
  await refused(stripe.paymentIntents.confirm(waiting.id, { payment_method: 'pm_card_chargeDeclined' }), 'StripeCardError', 'card_declined');
  check((await stripe.paymentIntents.confirm(waiting.id, { payment_method: 'pm_card_visa' })).status === 'succeeded', 'an intent is not confirmed');
  const held = await pay(stripe, 'pm_card_visa', { capture_method: 'manual' });
  check((await stripe.paymentIntents.capture(held.id)).status === 'succeeded', 'an intent is not captured');
  const given = await stripe.paymentIntents.create({ amount: 2000, currency: 'eur' });
  check((await stripe.paymentIntents.cancel(given.id)).status === 'canceled', 'an intent is not canceled');
  const read = await stripe.paymentIntents.retrieve(waiting.id, { expand: ['latest_charge.balance_transaction'] });
  check(read.latest_charge.balance_transaction.fee > 0, 'a charge has no fee');
  await stripe.paymentIntents.list({ limit: 3 });
  await stripe.charges.list({ payment_intent: waiting.id });
  await stripe.charges.retrieve(read.latest_charge.id);
  const moved = await stripe.balanceTransactions.list({ limit: 2 });
  await stripe.balanceTransactions.retrieve(moved.data[0].id);
}

async function payouts(stripe) {
  await pay(stripe, 'pm_card_bypassPending', { amount: 5000 });
  const before = (await stripe.balance.retrieve()).available.find(({ currency }) => currency === 'eur').amount;
  check(before > 0, 'nothing is available');
  const payout = await stripe.payouts.create({ amount: 1000, currency: 'eur' });
  await stripe.payouts.update(payout.id, { metadata: { mois: 'juillet' } });
  check((await stripe.payouts.retrieve(payout.id, { expand: ['balance_transaction'] })).balance_transaction.net === -1000, 'a payout moves nothing');
  await stripe.payouts.list();
  check((await stripe.payouts.cancel(payout.id)).status === 'canceled', 'a payout is not canceled');
  check((await stripe.balance.retrieve()).available.find(({ currency }) => currency === 'eur').amount === before, 'a canceled payout keeps the money');
  await refused(stripe.payouts.create({ amount: 1_000_000_000, currency: 'eur' }), 'StripeInvalidRequestError', 'balance_insufficient');
}

async function refunds(stripe) {
  const paid = await pay(stripe, 'pm_card_visa');
  const refund = await stripe.refunds.create({ payment_intent: paid.id, amount: 500 });
  await stripe.refunds.retrieve(refund.id);
  await stripe.refunds.update(refund.id, { metadata: { why: 'trop' } });
  await stripe.refunds.list({ payment_intent: paid.id });
  await stripe.rawRequest('POST', `/v1/charges/${paid.latest_charge}/refunds`, { amount: 100 });
  const all = await stripe.rawRequest('GET', `/v1/charges/${paid.latest_charge}/refunds`);
  check(all.data.length === 2, 'two refunds are not listed');
  await stripe.rawRequest('GET', `/v1/charges/${paid.latest_charge}/refunds/${refund.id}`);
  const slow = await pay(stripe, 'pm_card_pendingRefund');
  const pending = await stripe.refunds.create({ payment_intent: slow.id });
  check((await stripe.refunds.cancel(pending.id)).status === 'canceled', 'a pending refund is not canceled');
  await refused(stripe.refunds.create({ payment_intent: paid.id, amount: 99_999 }), 'StripeInvalidRequestError');
  const failing = await stripe.refunds.create({ payment_intent: paid.id, amount: 200 });
  const failed = await stripe.rawRequest('POST', `/_sandbox/refunds/${failing.id}/fail`, { reason: 'lost_or_stolen_card' });
  check(failed.status === 'failed', 'a refund does not fail');
}

async function disputes(stripe) {
  const paid = await pay(stripe, 'pm_card_visa');
  const opened = await stripe.rawRequest('POST', `/_sandbox/charges/${paid.latest_charge}/dispute`, { reason: 'fraudulent' });
  await stripe.disputes.retrieve(opened.id);
  await stripe.disputes.update(opened.id, { metadata: { seen: 'yes' } });
  await stripe.disputes.list({ payment_intent: paid.id });
  check((await stripe.disputes.close(opened.id)).status === 'lost', 'a dispute is not lost');
}
