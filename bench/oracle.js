// What citeproc-js (npm "citeproc") makes of a document in each style, one JSON line a style, for bench/agree.
// usage: node bench/oracle.js CITEPROC LOCALES STYLES DOCUMENT [EVERY [FIRST]] > oracle.jsonl
//   CITEPROC: folder of the npm package; LOCALES, STYLES: folders; DOCUMENT: of bench/agree --print-document
'use strict';
const fs = require('fs');
const path = require('path');

const [citeproc, localesDir, stylesDir, documentFile, every = '1', first = '0'] = process.argv.slice(2);
const CSL = require(path.resolve(citeproc));
const { items, clusters } = JSON.parse(fs.readFileSync(documentFile, 'utf8'));
const byId = new Map(items.map((item) => [String(item.id), item]));

const locales = new Map();
function retrieveLocale(lang) {
  const file = path.join(localesDir, `locales-${lang}.xml`);
  if (!locales.has(lang)) locales.set(lang, fs.existsSync(file) ? fs.readFileSync(file, 'utf8').replace(/<\?[^>]*\?>/, '') : false);
  return locales.get(lang);
}

const copy = (x) => JSON.parse(JSON.stringify(x));

// Entries that come out empty are in the list of ids, but not in that of entries: the ids are noted as entries are made.
function bibliography(engine) {
  const format = engine.fun.decorate['@bibliography'];
  const wrap = format.entry;
  const made = [];
  format.entry = function entry(state, text) {
    if (this.system_id !== undefined && text) made.push(String(this.system_id));
    return wrap.call(this, state, text);
  };
  const all = engine.makeBibliography();
  format.entry = wrap;
  if (!all) return null;
  const ids = all[0].entry_ids.length === all[1].length ? all[0].entry_ids.map((x) => String(x[0])) : made;
  const inner = (e) => e.replace(/^\s*<div class="csl-entry">/, '').replace(/<\/div>\s*$/, '').trim();
  return all[1].map((e, i) => [ids[i], inner(e)]);
}

function render(xml) {
  const note = /<style[^>]*\sclass="note"/.test(xml);
  const engine = new CSL.Engine({ retrieveLocale, retrieveItem: (id) => copy(byId.get(String(id))) }, xml);
  const list = clusters.map((c, i) => ({ citationID: `c${i}`, citationItems: copy(c),
    properties: { noteIndex: note ? i + 1 : 0 } }));
  const citations = engine.rebuildProcessorState(list, 'html', []).map((r) => r[2]);
  return { citations, bibliography: bibliography(engine) };
}

fs.readdirSync(stylesDir).filter((f) => f.endsWith('.csl')).sort().forEach((file, i) => {
  if (i % Number(every) !== Number(first)) return;
  const line = { style: file.slice(0, -4) };
  try {
    line.html = render(fs.readFileSync(path.join(stylesDir, file), 'utf8'));
  } catch (e) {
    line.error = String((e && e.message) || e).slice(0, 300);
  }
  fs.writeSync(1, JSON.stringify(line) + '\n');
});
