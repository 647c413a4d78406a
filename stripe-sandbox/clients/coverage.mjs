// Which of the endpoints that the sandbox lists were answered with success.
export function coverage(stripe) {
  const answered = [];
  stripe.on('response', ({ method, path, status }) => {
    if (status === 200) answered.push(`${method} ${path.split('?')[0]}`);
  });
  return {
    async every() {
      const { data } = await stripe.rawRequest('GET', '/_sandbox/endpoints');
      const routes = data.map(({ method, path }) => ({
        name: `${method} ${path}`,
        pattern: new RegExp(`^${method} ${path.replace(/[.]/g, '\\.').replaceAll('*', '[^/]+')}$`),
      }));
      // As in the sandbox, the first that fits is the one that answered.
      const hit = new Set(answered.map((call) => routes.find(({ pattern }) => pattern.test(call))?.name));
      const missed = routes.filter(({ name }) => !hit.has(name));
      if (missed.length) throw new Error(`nothing called ${missed.map(({ name }) => name).join(', ')}`);
      return `all ${routes.length} answered stripe-node`;
    },
  };
}

export function check(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

export async function refused(promise, type, code) {
  const error = await promise.then(() => null, (e) => e);
  check(error?.type === type && (!code || error.code === code), `expected ${type} ${code ?? ''}, got ${error?.type} ${error?.code}`);
}
