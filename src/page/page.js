/*
 * The script of the page: search, filters, groups, and what can be copied. It makes elements and texts, never markup
 * out of text, so that nothing in a record can run; and it stores nothing and loads nothing.
 */
'use strict';
(() => {
	const part = (name) => document.getElementById('page:' + name);
	const make = (tag, set = {}, ...children) => {
		const element = Object.assign(document.createElement(tag), set);
		element.append(...children);
		return element;
	};
	const main = part('sources');
	const controls = ['search', 'kind', 'year', 'state', 'group', 'sort'];
	const value = (name) => part(name).value;
	const startGroup = main.dataset.group || '';

	/* --- the sources --- */

	const all = Array.from(main.querySelectorAll('li[data-n]'), (element) => ({
		element,
		place: Number(element.dataset.n),
		when: element.dataset.when ? Number(element.dataset.when) : null,
		kind: element.dataset.kind,
		outlet: element.dataset.outlet || '',
		marks: (element.dataset.marks || '').split(' '),
	})).sort((a, b) => a.place - b.place);
	const byElement = new Map(all.map((source) => [source.element, source]));
	const yearOf = (source) => {
		if (source.when === null) return '';
		const year = Math.floor(source.when / 10000);
		return year > 0 ? String(year) : 1 - year + ' BCE';
	};
	const citationOf = (source) => source.element.querySelector('.citation');
	const plain = (element) => element.textContent.replace(/\s+/g, ' ').trim();

	/* --- search --- */

	const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
	const textOf = (source) => {
		if (source.text === undefined) {
			const parts = source.element.querySelectorAll('.citation, .facts li, details dl');
			source.text = fold(Array.from(parts, (one) => one.textContent).join(' '));
		}
		return source.text;
	};

	const fits = () => {
		const words = fold(value('search')).split(/\s+/).filter(Boolean);
		const [kind, year, state] = [value('kind'), value('year'), value('state')];
		const without = state.startsWith('!');
		const mark = without ? state.slice(1) : state;
		return (source) =>
			(!kind || source.kind === kind) &&
			(!year || yearOf(source) === year) &&
			(!mark || source.marks.includes(mark) !== without) &&
			words.every((word) => textOf(source).includes(word));
	};

	let shown = all;
	let sections = Array.from(main.querySelectorAll('section'), (element) => ({
		element,
		list: element.querySelector('ol'),
		sources: Array.from(element.querySelectorAll('li[data-n]'), (one) => byElement.get(one)),
	}));
	const none = make('p', { className: 'none', textContent: 'No source is like that.', hidden: true });
	main.append(none);

	/*
	 * What does not fit leaves the document, and of what fits so many are in it as are looked at, and some more: a page
	 * that holds ten thousand sources at once is slow to change.
	 */
	const portion = 300;
	const more = make('button', { type: 'button', className: 'further', textContent: 'Show more', hidden: true });
	main.append(more);
	let queue = [];
	const add = (count) => {
		while (count > 0 && queue.length) {
			const { list, fitting } = queue[0];
			const next = fitting.splice(0, count);
			list.append(...next.map((source) => source.element));
			list.parentElement.hidden = false;
			count -= next.length;
			if (!fitting.length) queue.shift();
		}
		more.hidden = queue.length === 0;
	};
	const addUntil = (source) => {
		while (queue.length && !source.element.isConnected) add(portion);
	};

	const countSection = (element, count) => {
		const number = element.querySelector('h2 .number');
		if (number) number.textContent = ' ' + count;
	};
	const filter = () => {
		const fit = fits();
		shown = [];
		queue = [];
		for (const { element, list, sources } of sections) {
			const fitting = sources.filter(fit);
			shown.push(...fitting);
			element.hidden = true;
			countSection(element, fitting.length);
			list.replaceChildren();
			if (fitting.length) queue.push({ list, fitting });
		}
		add(portion);
		countShown();
	};
	const countShown = () => {
		none.hidden = shown.length > 0;
		const whole = shown.length === all.length;
		const count = all.length.toLocaleString('en') + (all.length === 1 ? ' source' : ' sources');
		part('count').textContent = whole ? count : shown.length.toLocaleString('en') + ' of ' + count;
		part('reset').hidden = whole;
		part('cite-all').hidden = shown.length === 0;
	};

	/* --- groups and order --- */

	const lastly = { year: 'No date', outlet: 'No publication' };
	const groupOf = { year: yearOf, kind: (source) => source.kind, outlet: (source) => source.outlet };
	const orders = {
		'': (a, b) => a.place - b.place,
		new: (a, b) => (b.when ?? -Infinity) - (a.when ?? -Infinity) || a.place - b.place,
		old: (a, b) => (a.when ?? Infinity) - (b.when ?? Infinity) || a.place - b.place,
	};
	const byName = new Intl.Collator().compare;

	const arrange = () => {
		const by = value('group');
		const groups = new Map();
		for (const source of [...all].sort(orders[value('sort')])) {
			const name = by ? groupOf[by](source) || lastly[by] : '';
			if (!groups.has(name)) groups.set(name, []);
			groups.get(name).push(source);
		}
		const names = [...groups.keys()];
		const newest = (name) => Math.max(...groups.get(name).map((source) => source.when ?? -Infinity));
		const turn = value('sort') === 'old' ? -1 : 1;
		names.sort((a, b) => (a === lastly[by]) - (b === lastly[by]) ||
			(by === 'year' ? turn * (newest(b) - newest(a)) : byName(a, b)));
		for (const { element } of sections) element.remove();
		sections = names.map((name) => {
			const list = make('ol');
			const heading = make('h2', {}, name, make('span', { className: 'number' }));
			return { element: make('section', {}, ...(by ? [heading] : []), list), list, sources: groups.get(name) };
		});
		none.before(...sections.map((section) => section.element));
	};

	/* --- what the address holds, so that a search can be passed on --- */

	let waiting = 0;
	const writeAddress = () => {
		const query = new URLSearchParams();
		for (const name of controls) {
			const now = value(name);
			if (now !== (name === 'group' ? startGroup : '')) query.set(name, now);
		}
		const text = query.toString();
		const address = (text ? '?' + text : location.pathname) + location.hash;
		try {
			history.replaceState(null, '', address);
		} catch (error) { /* a page that was opened in a frame may not */ }
	};
	const readAddress = () => {
		const query = new URLSearchParams(location.search);
		part('group').value = startGroup;
		for (const name of controls) {
			if (query.has(name)) part(name).value = query.get(name);
			if (part(name).selectedIndex < 0) part(name).selectedIndex = 0;
		}
	};
	const later = (work, delay) => {
		clearTimeout(waiting);
		waiting = setTimeout(work, delay);
	};

	const reset = () => {
		for (const name of ['search', 'kind', 'year', 'state']) part(name).value = '';
		filter();
		writeAddress();
	};
	/* A permanent link may lead to a source that is not in the document now. */
	let target = null;
	const showTarget = () => {
		let name = location.hash.slice(1);
		try {
			name = decodeURIComponent(name);
		} catch (error) { /* as it is */ }
		if (target) target.element.classList.remove('target');
		target = all.find((source) => source.element.id === name) || null;
		if (!target) return;
		target.element.classList.add('target');
		if (target.element.isConnected) return;
		if (!shown.includes(target)) reset();
		addUntil(target);
		target.element.scrollIntoView();
	};

	/* --- copies --- */

	const template = (source, name) => source.element.querySelector('template.' + name).content.textContent;
	const json = (source) =>
		JSON.stringify(JSON.parse(source.element.querySelector('script').textContent), null, 2);
	const joined = (between, text) => (list) => list.map(text).join(between);
	const forms = {
		citation: { ending: 'txt', type: 'text/plain', text: joined('\n', (one) => plain(citationOf(one))) },
		bibtex: { ending: 'bib', type: 'application/x-bibtex', text: joined('\n\n', (one) => template(one, 'bibtex')) },
		ris: {
			ending: 'ris',
			type: 'application/x-research-info-systems',
			text: joined('\n\n', (one) => template(one, 'ris')),
		},
		csljson: {
			ending: 'json',
			type: 'application/vnd.citationstyles.csl+json',
			text: (list) => '[' + joined(',\n', json)(list) + ']',
		},
	};
	const dialog = part('dialog');
	const previewMost = 20000;
	let chosen = [];
	let saved = '';

	const form = () => forms[dialog.querySelector('input[name=form]:checked').value];
	const preview = () => {
		const { ending, type, text } = form();
		const whole = text(chosen);
		part('preview').textContent = whole.length > previewMost ? whole.slice(0, previewMost) + '\n…' : whole;
		part('copied').textContent = '';
		URL.revokeObjectURL(saved);
		saved = URL.createObjectURL(new Blob([whole + '\n'], { type }));
		const name = chosen.length === 1 ? chosen[0].element.id : 'sources';
		Object.assign(part('save'), { href: saved, download: name.replace(/[^\w.-]+/g, '_') + '.' + ending });
	};
	const open = (list, title) => {
		chosen = list;
		part('dialog-title').textContent = title;
		preview();
		dialog.showModal();
	};

	/* A citation keeps its italics where it is pasted into a text. */
	const clipboardItem = (text) => {
		const html = chosen.map((one) => citationOf(one).innerHTML).join('<br>\n');
		const blob = (type, content) => new Blob([content], { type });
		return new ClipboardItem({ 'text/plain': blob('text/plain', text), 'text/html': blob('text/html', html) });
	};
	const copyOldWay = (text) => {
		const field = make('textarea', { value: text, ariaLabel: 'What is copied' });
		dialog.append(field);
		field.select();
		const done = document.execCommand('copy');
		field.remove();
		return done;
	};
	const copy = async () => {
		const text = form().text(chosen);
		let done = true;
		try {
			if (form() === forms.citation && window.ClipboardItem) await navigator.clipboard.write([clipboardItem(text)]);
			else await navigator.clipboard.writeText(text);
		} catch (error) {
			done = copyOldWay(text);
		}
		part('copied').textContent = done ? 'Copied.' : 'The browser lets no page copy: select the text above.';
	};

	/* --- setting up --- */

	const addOptions = (name, values) => {
		part(name).append(...values.map((text) => make('option', { value: text, textContent: text })));
		part(name).parentElement.hidden = values.length < 2;
	};
	const hideUseless = () => {
		for (const option of [...part('state').options].slice(1)) {
			const mark = option.value.replace('!', '');
			const count = all.filter((source) => source.marks.includes(mark)).length;
			if (count === 0 || count === all.length) option.remove();
		}
		part('state').parentElement.hidden = part('state').options.length < 2;
		for (const [name, of] of Object.entries(groupOf)) {
			const useful = new Set(all.map(of)).size > 1 || startGroup === name;
			if (!useful) part('group').querySelector('option[value=' + name + ']').remove();
		}
		part('group').parentElement.hidden = part('group').options.length < 2;
	};
	addOptions('kind', [...new Set(all.map((source) => source.kind))].sort(byName));
	addOptions('year', [...new Set([...all].sort(orders.new).map(yearOf))].filter(Boolean));
	hideUseless();
	readAddress();
	for (const heading of main.querySelectorAll('h2')) heading.append(make('span', { className: 'number' }));
	if (value('group') !== startGroup || value('sort')) arrange();
	filter();
	part('controls').hidden = false;
	main.classList.add('live');
	showTarget();

	part('search').addEventListener('input', () => {
		later(() => {
			filter();
			writeAddress();
		}, 60);
	});
	for (const name of controls.slice(1)) {
		part(name).addEventListener('change', () => {
			if (name === 'group' || name === 'sort') arrange();
			filter();
			writeAddress();
		});
	}
	part('controls').addEventListener('submit', (event) => event.preventDefault());
	part('reset').addEventListener('click', () => {
		reset();
		part('search').focus();
	});
	part('cite-all').addEventListener('click', () => open(shown, 'Copy ' + part('count').textContent));
	main.addEventListener('click', (event) => {
		const source = event.target.closest('button') && byElement.get(event.target.closest('li[data-n]'));
		if (source) open([source], 'Copy this source');
	});
	dialog.addEventListener('change', preview);
	part('copy').addEventListener('click', copy);
	part('close').addEventListener('click', () => dialog.close());
	window.addEventListener('hashchange', showTarget);
	window.addEventListener('beforeprint', () => add(all.length));
	more.addEventListener('click', () => add(portion));
	new IntersectionObserver((seen) => {
		if (seen[0].isIntersecting) add(portion);
	}, { rootMargin: '1500px' }).observe(more);

	/* The texts that a search goes through are made while nothing else is to do. */
	const prepare = (from) => {
		for (const source of all.slice(from, from + portion)) textOf(source);
		if (from < all.length) setTimeout(() => prepare(from + portion), 20);
	};
	setTimeout(() => prepare(0), 500);
})();
