// browse.js FOLDER: what tests/checks/page asks of the page in a browser; "ok ..." or "not ok ..." a line.
'use strict';
const fs = require('fs');
const path = require('path');
const { chromium } = require('playwright-core');

const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const folder = path.resolve(process.argv[2]);
const address = (name) => 'file://' + path.join(folder, name);
const read = (name) => fs.readFileSync(path.join(folder, name), 'utf8');
const plain = (text) => text.replace(/\r/g, '').trim();

const say = (what, fault) => {
	console.log((fault ? 'not ok ' : 'ok ') + what);
	if (fault) console.error('# ' + what + ': ' + fault);
};
const same = (what, got, wanted) => {
	say(what, got === wanted ? '' : 'got ' + JSON.stringify(got) + ', wanted ' + JSON.stringify(wanted));
};

// A page that notes what it complains of and what it asks the network for.
const open = async (browser, name, options = {}) => {
	const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, ...options });
	const page = await context.newPage();
	const faults = [];
	page.on('pageerror', (error) => faults.push(error.message));
	page.on('console', (message) => faults.push(message.text()));
	page.on('request', (request) => {
		if (!request.url().startsWith('file:') && !request.url().startsWith('blob:')) faults.push(request.url());
	});
	await page.goto(address(name));
	return { context, page, faults };
};

const keys = (page) => page.$$eval('main li[data-n]', (all) => all.map((one) => one.id).join(' '));
const settle = (page) => page.waitForTimeout(200);
const choice = (page, name) => page.locator('select[id="page:' + name + '"]');
const form = (page, value) => page.locator('input[name=form][value=' + value + ']').check();

async function searches(browser) {
	const { context, page, faults } = await open(browser, 'seeds/index.html');
	const search = page.getByLabel('Search', { exact: true });
	same('all are shown', (await keys(page)).split(' ').length, 5);
	await search.fill('human RIGHTS  put');
	await settle(page);
	same('a search finds all words, in any order and case', await keys(page), 'seok2004put');
	same('the address holds the search', new URL(page.url()).searchParams.get('search'), 'human RIGHTS  put');
	await page.reload();
	same('the address brings the search back', await keys(page), 'seok2004put');
	await search.fill('no such words');
	await settle(page);
	same('a search may find nothing', await keys(page), '');
	same('which is said', await page.locator('[role=status]').first().textContent(), '0 of 5 sources');
	await page.getByText('Show all').click();
	same('all can be shown again', (await keys(page)).split(' ').length, 5);
	await choice(page, 'kind').selectOption('web page');
	same('a filter by kind', await keys(page), 'freedom2021north seok2004put');
	await choice(page, 'state').selectOption('no-author');
	same('a filter by state, too', await keys(page), 'freedom2021north');
	await page.getByText('Show all').click();
	await choice(page, 'group').selectOption('year');
	const headings = await page.$$eval('main h2', (all) => all.map((one) => one.textContent).join(', '));
	same('groups have headings and counts', headings, '2021 1, 2014 2, 2013 1, 2004 1');
	await choice(page, 'group').selectOption('');
	await choice(page, 'sort').selectOption('old');
	same('the oldest first', await keys(page),
		'seok2004put amnesty2013abolishing valdez2014north wertz2014chance freedom2021north');
	same('nothing was loaded and nothing complained of', faults.join('; '), '');
	await context.close();
}

async function links(browser) {
	const { context, page } = await open(browser, 'seeds/index.html?search=amnesty#seok2004put');
	same('a permanent link shows what a filter hides', (await keys(page)).includes('seok2004put'), true);
	const seen = await page.locator('#seok2004put').evaluate((one) => one.getBoundingClientRect().top < innerHeight);
	same('and it is in view', seen, true);
	await context.close();
}

async function copies(browser) {
	const permissions = ['clipboard-read', 'clipboard-write'];
	const { context, page, faults } = await open(browser, 'seeds/index.html', { permissions });
	const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
	await page.locator('#seok2004put button').focus();
	await page.keyboard.press('Enter');
	same('a key opens the dialog', await page.locator('dialog').evaluate((one) => one.open), true);
	for (const [value, wanted] of [['citation', 'seok.txt'], ['bibtex', 'seok.bib'], ['ris', 'seok.ris']]) {
		await form(page, value);
		await page.locator('dialog button.main').click();
		await page.getByText('Copied.').waitFor();
		same('copied as ' + value, plain(await clipboard()), plain(read(wanted)));
	}
	await form(page, 'csljson');
	await page.locator('dialog button.main').click();
	await page.getByText('Copied.').waitFor();
	const record = JSON.parse(read('seeds.json')).find((one) => one.id === 'seok2004put');
	same('copied as csljson', JSON.stringify(JSON.parse(await clipboard())), JSON.stringify([record]));
	await form(page, 'citation');
	await page.locator('dialog button.main').click();
	await page.getByText('Copied.').waitFor();
	const html = await page.evaluate(async () => {
		const [item] = await navigator.clipboard.read();
		return (await item.getType('text/html')).text();
	});
	same('a citation keeps its italics', /<i[^>]*>\[Put human rights first North Korea\]<\/i>/.test(html), true);
	const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('dialog a.button').click()]);
	same('a file can be saved', saved.suggestedFilename(), 'seok2004put.txt');
	await page.keyboard.press('Escape');
	const focused = await page.evaluate(() => document.activeElement.closest('li')?.id);
	same('the focus is back where it was', focused, 'seok2004put');
	await page.getByText('Copy these').click();
	await form(page, 'csljson');
	const all = JSON.parse(await page.locator('pre').textContent());
	same('all that are shown can be copied', all.map((one) => one.id).join(' '), await keys(page));
	same('copying loads nothing, complains of nothing', faults.join('; '), '');
	await context.close();
}

async function audits(browser) {
	for (const [colorScheme, width] of [['light', 1000], ['dark', 1000], ['light', 380], ['dark', 380]]) {
		const options = { colorScheme, viewport: { width, height: 900 }, bypassCSP: true };
		const { context, page } = await open(browser, 'seeds/index.html', options);
		const audit = async (what) => {
			await page.evaluate(axe);
			const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
			const { violations } = await page.evaluate((runOnly) => axe.run(document, { runOnly }), tags);
			same('axe finds no fault, ' + [colorScheme, width, what].join(' '), violations.map((one) => one.id).join(' '), '');
		};
		await audit('as it comes');
		await page.$$eval('details', (all) => all.forEach((one) => { one.open = true; }));
		await audit('with all there is to say');
		const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
		same('no scrolling sideways, ' + colorScheme + ' ' + width, overflow, false);
		await page.locator('#seok2004put button').click();
		await audit('in the dialog');
		await context.close();
	}
}

async function hostile(browser) {
	const { context, page, faults } = await open(browser, 'hostile.html');
	for (const element of await page.locator('main li[data-n]').all()) {
		await element.hover();
		await element.locator('summary').click();
		await element.locator('button').click();
		for (const value of ['citation', 'bibtex', 'ris', 'csljson']) await form(page, value);
		await page.keyboard.press('Escape');
	}
	await choice(page, 'group').selectOption('kind');
	await settle(page);
	same('no record runs', await page.evaluate(() => window.broken), undefined);
	same('no record makes an element', await page.locator('main img, main svg, main h1, main b, main style').count(), 0);
	const schemes = await page.$$eval('main a', (all) => [...new Set(all.map((one) => one.protocol))].sort().join(' '));
	same('links lead to the web or the page only', schemes, 'file: https:');
	same('an id of the page itself breaks nothing', await page.locator('main li[data-n]').count(), 4);
	same('no policy was offended', faults.join('; '), '');
	await context.close();
}

async function withoutScript(browser) {
	const { context, page } = await open(browser, 'seeds/index.html', { javaScriptEnabled: false });
	same('without script all are there', await page.locator('main .citation').count(), 5);
	same('and nothing that needs one is seen', await page.locator('form, main button').locator('visible=true').count(), 0);
	await context.close();
}

(async () => {
	const browser = await chromium.launch({ executablePath: process.env.NKCITE_CHROMIUM, args: ['--no-sandbox'] });
	for (const part of [searches, links, copies, audits, hostile, withoutScript]) await part(browser);
	await browser.close();
	console.log('done');
})().catch((error) => {
	console.error('# ' + error.stack);
	process.exit(1);
});
