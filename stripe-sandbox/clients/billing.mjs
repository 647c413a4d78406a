// Customers, subscriptions, invoices, credit notes, the portal and test clocks, all by stripe-node.
import { check, refused } from './coverage.mjs';

export async function billing(stripe) {
  const customer = await customers(stripe);
  await discounts(stripe);
  const price = await stripe.prices.create({ currency: 'eur', unit_amount: 1200, recurring: { interval: 'month' }, product_data: { name: 'Suivi' } });
  await subscriptions(stripe, customer, price);
  await invoices(stripe, customer);
  await setups(stripe, customer);
  await portal(stripe, customer);
  await clocks(stripe, price);
  await plans(stripe);
  await quotes(stripe, customer, price);
  await schedules(stripe, customer, price);
  await endings(stripe);
  return 'customers, discounts, subscriptions, invoices, credit notes, setups, portal, clocks';
}

async function customers(stripe) {
  const customer = await stripe.customers.create({ email: 'jeanne@exemple.fr', payment_method: 'pm_card_visa', invoice_settings: { default_payment_method: 'pm_card_visa' } });
  await stripe.customers.retrieve(customer.id, { expand: ['tax_ids', 'subscriptions'] });
  await stripe.customers.update(customer.id, { name: 'Jeanne Dupont', address: { country: 'FR' } });
  check((await stripe.customers.list({ email: 'jeanne@exemple.fr' })).data.length, 'a customer is not found');
  const number = await stripe.customers.createTaxId(customer.id, { type: 'eu_vat', value: 'FR40303265045' });
  await stripe.customers.retrieveTaxId(customer.id, number.id);
  await stripe.customers.listTaxIds(customer.id);
  await stripe.customers.deleteTaxId(customer.id, number.id);
  const card = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_mastercard' } });
  await stripe.paymentMethods.attach(card.id, { customer: customer.id });
  await stripe.paymentMethods.update(card.id, { metadata: { usage: 'secours' } });
  await stripe.paymentMethods.retrieve(card.id);
  await stripe.paymentMethods.list({ customer: customer.id, type: 'card' });
  check((await stripe.customers.listPaymentMethods(customer.id)).data.length >= 2, 'two cards are not listed');
  await stripe.customers.retrievePaymentMethod(customer.id, card.id);
  await stripe.paymentMethods.detach(card.id);
  return customer;
}

async function discounts(stripe) {
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'once' });
  await stripe.coupons.retrieve(coupon.id);
  await stripe.coupons.update(coupon.id, { name: 'Rentrée' });
  await stripe.coupons.list();
  const code = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'RENTREE' });
  await stripe.promotionCodes.retrieve(code.id);
  await stripe.promotionCodes.update(code.id, { active: false });
  await stripe.promotionCodes.list({ code: 'RENTREE' });
  check((await stripe.coupons.del(coupon.id)).deleted, 'a coupon is not deleted');
  const rate = await stripe.taxRates.create({ display_name: 'TVA', percentage: 20, inclusive: true });
  await stripe.taxRates.retrieve(rate.id);
  await stripe.taxRates.update(rate.id, { active: false });
  await stripe.taxRates.list();
}

async function subscriptions(stripe, customer, price) {
  const begun = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }], expand: ['latest_invoice.payments'] });
  check(begun.status === 'active' && begun.latest_invoice.status === 'paid', 'a subscription does not begin');
  check(begun.latest_invoice.payments.data[0].status === 'paid', 'an invoice has no payment');
  await stripe.subscriptions.retrieve(begun.id);
  await stripe.subscriptions.list({ customer: customer.id });
  const [item] = (await stripe.subscriptionItems.list({ subscription: begun.id })).data;
  await stripe.subscriptionItems.retrieve(item.id);
  const preview = await stripe.invoices.createPreview({ subscription: begun.id });
  check(preview.amount_due === 1200, 'a preview is wrong');
  await stripe.rawRequest('GET', `/v1/invoices/upcoming?subscription=${begun.id}`);
  const more = await stripe.subscriptions.update(begun.id, { items: [{ id: item.id, quantity: 3 }], proration_behavior: 'always_invoice' });
  check(more.items.data[0].quantity === 3, 'a quantity does not change');
  check((await stripe.rawRequest('POST', `/v1/subscriptions/${begun.id}/pause`, { type: 'subscription' })).status === 'paused', 'no pause');
  check((await stripe.subscriptions.resume(begun.id, { billing_cycle_anchor: 'now' })).status === 'active', 'no resumption');
  const [payment] = (await stripe.invoicePayments.list({ invoice: begun.latest_invoice.id })).data;
  await stripe.invoicePayments.retrieve(payment.id);
  check((await stripe.subscriptions.cancel(begun.id)).status === 'canceled', 'a subscription is not canceled');
}

/** A draft with one line on it. */
async function draft(stripe, customer, more = {}) {
  await stripe.invoiceItems.create({ customer: customer.id, amount: 1000, currency: 'eur', description: 'Conseil' });
  return stripe.invoices.create({ customer: customer.id, pending_invoice_items_behavior: 'include', ...more });
}

async function invoices(stripe, customer) {
  const item = await stripe.invoiceItems.create({ customer: customer.id, amount: 1000, currency: 'eur' });
  await stripe.invoiceItems.retrieve(item.id);
  await stripe.invoiceItems.update(item.id, { description: 'Conseil' });
  await stripe.invoiceItems.list({ customer: customer.id });
  await stripe.invoiceItems.del(item.id);
  const paid = await draft(stripe, customer);
  await stripe.invoices.update(paid.id, { description: 'Merci' });
  await stripe.invoices.finalizeInvoice(paid.id);
  check((await stripe.invoices.pay(paid.id)).status === 'paid', 'an invoice is not paid');
  await stripe.invoices.retrieve(paid.id);
  await stripe.invoices.list({ customer: customer.id });
  await stripe.invoices.listLineItems(paid.id);
  await refused(stripe.invoices.pay(paid.id), 'StripeInvalidRequestError');
  const sent = await draft(stripe, customer, { collection_method: 'send_invoice', days_until_due: 30 });
  check((await stripe.invoices.sendInvoice(sent.id)).status === 'open', 'an invoice is not sent');
  check((await stripe.invoices.voidInvoice(sent.id)).status === 'void', 'an invoice is not void');
  const bad = await draft(stripe, customer, { collection_method: 'send_invoice', days_until_due: 30 });
  await stripe.invoices.finalizeInvoice(bad.id);
  check((await stripe.invoices.markUncollectible(bad.id)).status === 'uncollectible', 'an invoice is not given up');
  const unwanted = await draft(stripe, customer);
  check((await stripe.invoices.del(unwanted.id)).deleted, 'a draft is not deleted');
  await creditNotes(stripe, paid);
}

async function creditNotes(stripe, invoice) {
  const asked = { invoice: invoice.id, amount: 300, refund_amount: 300 };
  check((await stripe.creditNotes.preview(asked)).amount === 300, 'a preview of a credit note is wrong');
  const note = await stripe.creditNotes.create(asked);
  check(note.refunds.length === 1, 'a credit note refunds nothing');
  await stripe.creditNotes.retrieve(note.id);
  await stripe.creditNotes.update(note.id, { memo: 'Geste' });
  await stripe.creditNotes.list({ invoice: invoice.id });
  await stripe.creditNotes.listLineItems(note.id);
  const open = await draft(stripe, { id: invoice.customer }, { collection_method: 'send_invoice', days_until_due: 30 });
  await stripe.invoices.finalizeInvoice(open.id);
  const less = await stripe.creditNotes.create({ invoice: open.id, amount: 100 });
  check((await stripe.invoices.retrieve(open.id)).amount_due === 900, 'a credit note takes nothing off');
  check((await stripe.creditNotes.voidCreditNote(less.id)).status === 'void', 'a credit note is not void');
}

async function setups(stripe, customer) {
  const setup = await stripe.setupIntents.create({ customer: customer.id, usage: 'off_session' });
  await stripe.setupIntents.update(setup.id, { metadata: { from: 'clients' } });
  await stripe.setupIntents.retrieve(setup.id);
  await stripe.setupIntents.list({ customer: customer.id });
  check((await stripe.setupIntents.confirm(setup.id, { payment_method: 'pm_card_visa' })).status === 'succeeded', 'a card is not set up');
  const other = await stripe.setupIntents.create({});
  check((await stripe.setupIntents.cancel(other.id)).status === 'canceled', 'a setup is not canceled');
}

async function portal(stripe, customer) {
  const session = await stripe.billingPortal.sessions.create({ customer: customer.id, return_url: 'http://127.0.0.1/compte' });
  check((await fetch(session.url)).status === 200, 'the portal does not open');
  const configuration = await stripe.billingPortal.configurations.create({ features: { invoice_history: { enabled: true } } });
  await stripe.billingPortal.configurations.update(configuration.id, { active: false });
  await stripe.billingPortal.configurations.retrieve(configuration.id);
  await stripe.billingPortal.configurations.list();
}

async function clocks(stripe, price) {
  const frozen = 1_800_000_000;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: frozen });
  const customer = await stripe.customers.create({ test_clock: clock.id, payment_method: 'pm_card_visa', invoice_settings: { default_payment_method: 'pm_card_visa' } });
  const trial = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }], trial_period_days: 7 });
  check(trial.status === 'trialing', 'no trial');
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: frozen + 8 * 86_400 });
  check((await stripe.testHelpers.testClocks.retrieve(clock.id)).status === 'ready', 'a clock is not ready');
  check((await stripe.subscriptions.retrieve(trial.id)).status === 'active', 'a trial does not end');
  await stripe.testHelpers.testClocks.list();
  check((await stripe.testHelpers.testClocks.del(clock.id)).deleted, 'a clock is not deleted');
}

async function plans(stripe) {
  const plan = await stripe.plans.create({ amount: 900, currency: 'eur', interval: 'month', product: { name: 'Ancien' } });
  check((await stripe.prices.retrieve(plan.id)).recurring.interval === 'month', 'a plan is no price');
  await stripe.plans.retrieve(plan.id);
  check((await stripe.plans.update(plan.id, { nickname: 'Usuel' })).nickname === 'Usuel', 'a plan keeps its nickname');
  await stripe.plans.list({ active: true });
  check((await stripe.plans.del(plan.id)).deleted, 'a plan is not deleted');
}

async function quotes(stripe, customer, price) {
  const quote = await stripe.quotes.create({ customer: customer.id, line_items: [{ price: price.id, quantity: 2 }] });
  check(quote.amount_total === 2400 && quote.computed.recurring.interval === 'month', 'a quote is wrong');
  await stripe.quotes.update(quote.id, { description: 'Pour deux logements' });
  await stripe.quotes.retrieve(quote.id, { expand: ['line_items'] });
  await stripe.quotes.list({ customer: customer.id });
  await stripe.quotes.listLineItems(quote.id);
  await stripe.quotes.listComputedUpfrontLineItems(quote.id);
  await refused(stripe.quotes.accept(quote.id), 'StripeInvalidRequestError');
  check((await stripe.quotes.finalizeQuote(quote.id)).status === 'open', 'a quote is not final');
  const accepted = await stripe.quotes.accept(quote.id, { expand: ['subscription'] });
  check(accepted.subscription.items.data[0].quantity === 2, 'a quote begins no subscription');
  const other = await stripe.quotes.create({ customer: customer.id, line_items: [{ price: price.id, quantity: 1 }] });
  check((await stripe.quotes.cancel(other.id)).status === 'canceled', 'a quote is not canceled');
}

async function schedules(stripe, customer, price) {
  const phase = (quantity) => ({ duration: { interval: 'month', interval_count: 1 }, items: [{ price: price.id, quantity }] });
  const schedule = await stripe.subscriptionSchedules.create({ customer: customer.id, start_date: 'now', phases: [phase(1), phase(2)] });
  check(schedule.status === 'active' && schedule.phases.length === 2, 'a schedule does not begin');
  await stripe.subscriptionSchedules.retrieve(schedule.id, { expand: ['subscription'] });
  await stripe.subscriptionSchedules.update(schedule.id, { end_behavior: 'cancel' });
  await stripe.subscriptionSchedules.list({ customer: customer.id });
  const released = await stripe.subscriptionSchedules.release(schedule.id);
  check(released.status === 'released' && released.released_subscription === schedule.subscription, 'a schedule is not released');
  const again = await stripe.subscriptionSchedules.create({ from_subscription: schedule.subscription });
  check((await stripe.subscriptionSchedules.cancel(again.id)).status === 'canceled', 'a schedule is not canceled');
  check((await stripe.subscriptions.retrieve(schedule.subscription)).status === 'canceled', 'its subscription goes on');
}

async function endings(stripe) {
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'forever' });
  const loyal = await stripe.customers.create({ coupon: coupon.id });
  check(loyal.discount.source.coupon === coupon.id, 'a customer has no discount');
  const reduced = await draft(stripe, loyal);
  check(reduced.total === 900, 'a discount of the customer is not on the invoice');
  check((await stripe.customers.deleteDiscount(loyal.id)).deleted, 'a discount is not deleted');
  const free = await stripe.prices.create({ currency: 'eur', unit_amount: 0, recurring: { interval: 'month' }, product_data: { name: 'Essai' } });
  const owner = await stripe.subscriptions.create({ customer: loyal.id, items: [{ price: free.id }], discounts: [{ coupon: coupon.id }] });
  check((await stripe.subscriptions.deleteDiscount(owner.id)).deleted, 'a discount of a subscription is not deleted');

  const leaving = await stripe.customers.create({});
  check((await stripe.customers.del(leaving.id)).deleted, 'a customer is not deleted');
}
