// zotero-cases.js TRANSLATORS NKCITE FORMAT: Zotero's own import tests of one format, read by nkcite.
// Says how many fields of the items that Zotero expects nkcite has, how many differ for a reason that zotero-cases.classes gives,
// and each that differs for none.
'use strict';
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');
const zotero = require(path.join(process.env.NKCITE_MEASURE, 'zotero/zotero.js'));
const { compareItems } = require(path.join(process.env.NKCITE_MEASURE, 'convert/cslcmp.js'));

const TRANSLATORS = {
	bibtex: 'BibTeX', ris: 'RIS', enw: 'ReferBibIX', 'endnote-xml': 'Endnote XML', csljson: 'CSL JSON', mods: 'MODS',
	'pubmed-xml': 'PubMed XML', nbib: 'MEDLINEnbib', 'zotero-rdf': 'RDF', datacite: 'Datacite JSON'
};

function casesOf(folder, label) {
	const text = fs.readFileSync(path.join(folder, label + '.js'), 'utf8');
	const found = /BEGIN TEST CASES \*\*\/\s*var testCases = (\[[\s\S]*\])\s*;?\s*\/\*\* END/.exec(text);
	return found ? JSON.parse(found[1]).filter((one) => one.type === 'import') : [];
}

// Paragraphs of "name: value", each a class.
function readClasses(file) {
	return fs.readFileSync(file, 'utf8').split(/\n\s*\n/).map((paragraph) => {
		const one = {};
		for (const line of paragraph.split('\n')) {
			const [, name, value] = /^([a-z]+): (.*)$/.exec(line) || [];
			if (name) one[name] = name === 'class' || name === 'format' ? value : new RegExp(value, 'u');
		}
		return one;
	}).filter((one) => one.class);
}

// Zotero keeps these in Extra, one "Label: value" a line.
const IN_EXTRA = { pmid: 'PMID', pmcid: 'PMCID', doi: 'DOI', isbn: 'ISBN', issn: 'ISSN', 'event-place': 'event-place' };

// Child notes, and what Zotero has no field for: nkcite shall have these texts anywhere in the item.
function textsOf(item) {
	return (item.notes || []).map((note) => note.note || note).flatMap((text) => (/have no corresponding Zotero field/.test(text)
		? text.split('<br/>').slice(1).map((line) => line.replace(/^[^:]*: */, '')) : [text.replace(/^<h2>[^<]*<\/h2>\s*/, '')]));
}

async function expected(items) {
	const csl = JSON.parse(await zotero.exportItems(items, 'csljson') || '[]');
	return csl.map((item, i) => {
		const from = items[i];
		const tags = (from.tags || []).map((tag) => tag.tag || tag);
		const texts = textsOf(from);
		if (tags.length) item.keyword = tags.join(', ');
		if (item.journalAbbreviation) item['container-title-short'] = item.journalAbbreviation;
		for (const line of (item.note || '').split('\n').filter(Boolean)) {
			const [, label, value] = /^([A-Za-z][A-Za-z -]*): *(.*)$/.exec(line) || [];
			const name = label && IN_EXTRA[label.toLowerCase()];
			if (name && !item[name]) item[name] = value;
			else texts.push(label ? value : line);
		}
		delete item.note;
		return { item, texts };
	});
}

const plain = (text) => String(text).replace(/<[^>]*>/g, ' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&nbsp;|\u00a0/g, ' ')
	.replace(/&amp;/g, '&').replace(/[{}\\]/g, '').replace(/[\u2010-\u2015]|--+/g, '-').replace(/\s+/g, ' ').trim().toLowerCase();
const allTexts = (value) => (value && typeof value === 'object' ? Object.values(value).map(allTexts).join(' | ') : plain(value));

// What csl-data.json does not name stands in custom.nkcite.members.
function read(nkcite, format, input) {
	const run = spawnSync(nkcite, ['convert', '--from', format, '--format', 'csljson', '-'], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
	return JSON.parse(run.stdout || '[]').map((item) => Object.assign({}, item, ((item.custom || {}).nkcite || {}).members));
}

function compare(want, got) {
	const rows = compareItems(want.item, got).filter(([field]) => !field.includes('['));
	const all = allTexts(got);
	return rows.concat(want.texts.map((text) => ['text', all.includes(plain(text)) ? 'same' : 'lost', text, got.note]));
}

(async () => {
	const [folder, nkcite, format] = process.argv.slice(2);
	const classes = readClasses(path.join(__dirname, 'zotero-cases.classes')).filter((one) => !one.format || one.format === format);
	let agree = 0, explained = 0, open = 0;
	await zotero.init();
	for (const [number, one] of casesOf(folder, TRANSLATORS[format]).entries()) {
		const got = read(nkcite, format, one.input);
		const wants = await expected(one.items);
		const rows = wants.flatMap((want, i) => compare(want, got[i] || {}).map((row) => [`${number}.${i}`, ...row]));
		if (got.length !== wants.length) rows.push([`${number}`, 'items', 'changed', wants.length, got.length]);
		for (const [place, field, verdict, was, is] of rows) {
			const [before, now] = [was, is].map((value) => JSON.stringify(value) || '-');
			if (verdict === 'same' || verdict === 'near') agree++;
			else if (classes.some((c) => (!c.case || c.case.test(place)) && c.field.test(field) && (!c.was || c.was.test(before)) &&
				(!c.is || c.is.test(now)))) explained++;
			else {
				open++;
				console.error(`${place} ${field}: ${before.slice(0, 300)} is ${now.slice(0, 300)}`);
			}
		}
	}
	console.log(agree, explained, open);
	process.exit(0);
})();
