// Watches a browser context for what must never happen on the page, and keeps a list of complaints.
//
// It hears requests to another origin, Content-Security-Policy violations, console errors and uncaught errors, of
// pages and of their workers. It does not stop anything: a test looks at the list when it ends.

/** The list of complaints about everything that will happen in `context`, filled as it happens. */
export async function complaintsAbout(context, origin) {
  const complaints = [];
  const reachedFor = (kind) => (thing) => {
    const url = new URL(thing.url());
    const leaves = ['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol) && url.host !== new URL(origin).host;
    if (leaves) complaints.push(`${kind} leaves the origin: ${url.href}`);
  };

  context.on('request', reachedFor('a request'));
  context.on('page', (page) => page.on('websocket', reachedFor('a socket')));
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console error: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complaints.push(`uncaught error: ${error.error().message}`));
  await context.exposeBinding('reportViolation', (_, what) => complaints.push(`policy violation: ${what}`));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      globalThis.reportViolation(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return complaints;
}
