// Tells the service worker, by a lock that is held as long as this page is open, that files of its build are needed.

const id = document.querySelector('meta[name="orrery-files"]')?.content.split('/').at(-2);
if (id) navigator.locks?.request(`orrery build ${id}`, { mode: 'shared' }, () => new Promise(() => {})).catch(() => {});
