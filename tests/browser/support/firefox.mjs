// Firefox, as a test needs it: a page driven over WebDriver BiDi by Puppeteer, since Playwright drives only a Firefox of its own.

import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const USUAL_PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];

/** The path of a Firefox; undefined where there is none. */
export const firefoxPath = () => process.env.FIREFOX ?? USUAL_PLACES.find((place) => existsSync(place));

/** Starts it. */
export const firefox = () => puppeteer.launch({ browser: 'firefox', executablePath: firefoxPath(), headless: true });
