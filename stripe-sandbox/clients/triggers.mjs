// Every script of `stripe trigger` does what the table of docs/sandbox.md says.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from './coverage.mjs';

const AT_ONCE = 4;
const LONGEST_MS = 60_000;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The command line of package.json, or another that STRIPE_CLI names (on other machines than Linux). */
function command() {
  const binary = process.env.STRIPE_CLI ?? here('node_modules/@stripe/cli-linux-x64/bin/stripe');
  check(existsSync(binary), `${binary} is missing: run npm ci here, or let STRIPE_CLI name a Stripe CLI 1.52`);
  return binary;
}

/** From the table's rows `prefix.` name, name | oui or non: …  to a map of script names to whether they pass. */
function promised() {
  const text = readFileSync(here('../../docs/sandbox.md'), 'utf8');
  const scripts = new Map();
  for (const [, prefix, names, passes] of text.matchAll(/^\| `([a-z0-9_.]+\.)` ([^|]+) \| (oui|non)\b[^|]*\|$/gm)) {
    for (const name of names.split(',')) {
      const script = prefix + name.trim();
      check(!scripts.has(script), `docs/sandbox.md names ${script} twice`);
      scripts.set(script, passes === 'oui');
    }
  }
  const [, passing, all] = text.match(/passe \((\d+) sur (\d+)\)/) ?? [];
  const count = [...scripts.values()].filter(Boolean).length;
  check(Number(passing) === count && Number(all) === scripts.size, `docs/sandbox.md says ${passing} of ${all}, its table ${count} of ${scripts.size}`);
  return scripts;
}

/**
 * Scripts that are not named after the event that they bring: that of `aborted` cancels a schedule by the API, and
 * each step of that of `async_payment_failed` expects to be refused.
 */
const BRINGS = {
  'checkout.session.async_payment_failed': 'product.created',
  'subscription_schedule.aborted': 'subscription_schedule.canceled',
  'subscription.payment_failed': 'invoice.payment_failed',
  'subscription.payment_succeeded': 'invoice.payment_succeeded',
};

async function missingEvents(stripe, names) {
  const missing = [];
  for (const name of names) {
    const type = BRINGS[name] ?? name;
    if (!(await stripe.events.list({ type, limit: 1 })).data.length) missing.push(type);
  }
  return missing;
}

export async function triggers(stripe, address, key) {
  const binary = command();
  const settings = mkdtempSync(join(tmpdir(), 'stripe-cli-'));
  const environment = { ...process.env, STRIPE_CLI_TELEMETRY_OPTOUT: '1', XDG_CONFIG_HOME: settings };
  const run = (...options) =>
    new Promise((done) => {
      execFile(binary, options, { env: environment, timeout: LONGEST_MS }, (error, out, err) => done({ passed: !error, said: `${out}${err}` }));
    });
  try {
    const scripts = promised();
    const help = (await run('trigger', '--help')).said;
    const known = new Set([...help.split('Supported events:')[1].split('Usage:')[0].matchAll(/^ +(\S+)$/gm)].map(([, name]) => name));
    const undocumented = [...known].filter((name) => !scripts.has(name));
    const unknown = [...scripts.keys()].filter((name) => !known.has(name));
    check(!undocumented.length && !unknown.length, `docs/sandbox.md lacks ${undocumented} and has too much ${unknown}`);
    const wrong = [];
    const left = [...scripts];
    const worker = async () => {
      for (let next = left.shift(); next; next = left.shift()) {
        const [name, passes] = next;
        const { passed, said } = await run('trigger', name, '--api-base', address, '--api-key', key);
        if (passed !== passes) {
          wrong.push(passes ? `${name} fails: ${said.replace(/\s+/g, ' ').slice(-300)}` : `${name} passes, docs/sandbox.md says it doesn't`);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    check(!wrong.length, wrong.join('\n  '));
    const passing = [...scripts].filter(([, passes]) => passes).map(([name]) => name);
    await stripe.rawRequest('POST', '/_sandbox/settle');
    const missing = await missingEvents(stripe, passing);
    check(!missing.length, `scripts pass without their event: ${missing.join(', ')}`);
    return `${passing.length} of ${scripts.size} scripts pass, as documented`;
  } finally {
    rmSync(settings, { recursive: true, force: true });
  }
}
