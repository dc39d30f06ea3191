// The page as a test sees it: its test ids, the numbers behind them, and ways to wait for what a visitor waits for.
//
// It only looks and presses, as a visitor could. It waits by asking again from outside, because a page with a strict
// Content-Security-Policy is no place to evaluate strings over and over. It asserts nothing.

import { setTimeout as sleep } from 'node:timers/promises';

const ASK_EVERY_MS = 40;

export class Orrery {
  constructor(page) {
    this.page = page;
  }

  find(id) {
    return this.page.getByTestId(id);
  }

  press(id) {
    return this.find(id).click();
  }

  async text(id) {
    return (await this.find(id).textContent()).trim();
  }

  /** Text of an element that may be absent while it has nothing to say. */
  async textIfAny(id) {
    return (await this.find(id).allTextContents()).join(' ').trim();
  }

  status() {
    return this.find('status').getAttribute('data-status');
  }

  /** The bare number behind a reading; NaN while it is not known. */
  async number(id, attribute = 'data-value') {
    const text = await this.find(id).getAttribute(attribute);
    return text ? Number(text) : NaN;
  }

  stepsDone() {
    return this.number('steps');
  }

  stepsPlanned() {
    return this.number('steps', 'data-total');
  }

  remarks() {
    return this.find('remarks').locator('li').allTextContents();
  }

  /** Rows of the table of losses: [step, then train and test loss of each model]. */
  lossHistory() {
    return this.find('loss-history').evaluate((table) =>
      [...table.tBodies].flatMap((body) =>
        [...body.rows].map((row) => [...row.cells].map((cell) => Number(cell.textContent.trim() || NaN))),
      ),
    );
  }

  /** Opens a page from the menu of its chapter. */
  async visit(page) {
    const choice = this.find(`page-${page}`);
    await this.page.locator('details[data-aid="menu"]').filter({ has: choice }).locator('summary').click();
    await choice.click();
  }

  /** The test loss of each trained model in a row of the table. */
  static testLosses(row) {
    return row.filter((_, column) => column > 0 && column % 2 === 0);
  }

  async fragment() {
    return new URL(this.page.url()).hash;
  }

  /** The workers alive now whose file begins with `name`; all have one loader, with the file in its fragment. */
  engines(name = 'trainer-') {
    return this.page.workers().filter((worker) => new URL(worker.url()).hash.slice(1).startsWith(name));
  }

  /** Asks until `holds()` is true; throws a sentence with the state of the page when `within` ms have passed. */
  async until(what, holds, within = 60_000) {
    const deadline = Date.now() + within;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`waited ${within} ms until ${what}; ${await this.#describe()}`);
      await sleep(ASK_EVERY_MS);
    }
  }

  untilStatus(status, within) {
    return this.until(`the status is ${status}`, async () => (await this.status()) === status, within);
  }

  untilSteps(least, within) {
    return this.until(`${least} steps are done`, async () => (await this.stepsDone()) >= least, within);
  }

  /** Waits until no colour is on its way to another. */
  settled() {
    return this.page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  }

  /** Presses Train and waits for the end of the run, which has to be a good one. */
  async train(within) {
    await this.press('train');
    await this.until('the run ends', async () => ['finished', 'failed'].includes(await this.status()), within);
    if ((await this.status()) !== 'finished') throw new Error(`the run failed; ${await this.#describe()}`);
  }

  async #describe() {
    if (!(await this.find('status').count())) return `the bar says '${await this.page.locator('.bar').first().innerText()}'`;
    const [status, steps, notice, failure] = [
      await this.status(),
      await this.stepsDone(),
      await this.textIfAny('notice'),
      await this.textIfAny('failure'),
    ];
    return `status ${status}, steps ${steps}, notice '${notice}', failure '${failure}'`;
  }
}
