/* Pictures of a report at three widths, made by scripts/screenshots.sh: node screenshots.mjs MODULES REPORT.html OUTDIR */
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, report, folder] = process.argv.slice(2);
const { chromium } = createRequire(join(resolve(modules), 'x.js'))('playwright-core');
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const screens = [['phone', 390, 844], ['laptop', 1280, 800], ['projector', 1920, 1080]];

/* Sections by their id; `before` brings the page in the state to be shown. */
const shots = [
  ['brief', null],
  ['scenarios', '#scenarios'],
  ['lines', '.charts'],
  ['people', '#wie'],
  ['map', '#kaart', async (page) => pickView(page, 'v:0', 'End')],
  ['map-slider', '#kaart', async (page) => pickView(page, 'v:0', 'Home')],
  ['map-difference', '#kaart', async (page) => pickView(page, 'd:1', 'End')],
  ['areas', '#buurten'], ['costs', '#kosten'], ['certainty', '#zeker'], ['limits', '#grenzen']
];

async function pickView(page, view, key) {
  const known = await page.$$eval('#map-view option', (all) => all.map((one) => one.value));
  if (!known.includes(view)) return false;
  await page.selectOption('#map-view', view);
  await page.focus('#map-tick');
  await page.keyboard.press(key);
  await page.waitForTimeout(700);
  return true;
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
for (const [name, width, height] of screens) {
  const context = await browser.newContext({ viewport: { width, height }, offline: true, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(pathToFileURL(resolve(report)).href);
  await page.waitForTimeout(2500);
  const lang = await page.getAttribute('html', 'lang');
  for (const [what, at, before] of shots) {
    if (at && await page.locator(at).count() === 0) continue;
    if (before && !await before(page)) continue;
    await page.evaluate((where) => {
      if (document.activeElement) document.activeElement.blur();
      scrollTo(0, where ? document.querySelector(where).getBoundingClientRect().top + scrollY - 8 : 0);
    }, at);
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(folder, `${lang}-${name}-${what}.png`) });
  }
  await context.close();
}
await browser.close();
