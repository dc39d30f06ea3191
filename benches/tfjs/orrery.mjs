// Orrery's side of the comparison: open the built page, press Train, read off its own steps per second.
//
// It knows the page only by its address and its test ids.

const LONGEST_RUN_MS = 120_000;

/** Milliseconds per training step of one Hamiltonian network on the CPU engine, in a fresh page. */
export async function orreryMsPerStep(browser, address, steps) {
  const page = await browser.newPage();
  try {
    await page.goto(`${address}#v=1&preset=spring-paper&models=hnn&device=cpu&steps=${steps}`);
    // The shown motions stand still: a page that draws sixty times a second takes a share of the core that is measured.
    await page.getByTestId('motion').click();
    await page.getByTestId('train').click();
    await page.locator('[data-testid=status][data-status=finished]').waitFor({ timeout: LONGEST_RUN_MS });
    const rate = Number(await page.getByTestId('steps-per-second').getAttribute('data-value'));
    if (!(rate > 0)) throw new Error('the page finished without saying how many steps per second it made');
    return 1000 / rate;
  } finally {
    await page.close();
  }
}
