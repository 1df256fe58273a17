// Searches the report: fetched with its index when a reader comes to the field.
// A combobox with a list of links; everything that is shown is made of text nodes.
(function () {
  var FIRST = 20, MORE = 100, BEFORE = 60, AFTER = 120;
  var place = document.querySelector('.finder[data-code]'), field = place && place.querySelector('input');
  if (!field || !window.barometerIndex) return;

  // Letters without case and accents, as one types them.
  function fold(text) {
    return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/ß/g, 'ss');
  }
  function words(text) { return fold(text).match(/[\p{L}\p{N}]+/gu) || []; }
  function lined(text) { return ' ' + words(text).join(' ') + ' '; }

  var passages = [];
  window.barometerIndex.forEach(function (page, order) {
    page[2].forEach(function (passage) {
      var isStart = !passage[0], heading = isStart ? page[1] : passage[1];
      passages.push({
        address: page[0] + (isStart ? '' : '#' + encodeURIComponent(passage[0])), order: order, isStart: isStart,
        page: isStart ? '' : page[1], heading: heading, text: passage[2], mark: passage[3],
        inPage: lined(page[1]), inHeading: lined(heading), inText: lined(passage[2])
      });
    });
  });

  // Every word must begin a word of the passage. Headings weigh more than text, whole words more than beginnings.
  function weigh(passage, query) {
    var sum = passage.isStart ? 2 : 0, own = false;
    for (var at = 0; at < query.length; at += 1) {
      var start = ' ' + query[at], whole = start + ' ', points = 0;
      if (passage.inHeading.includes(start)) points += passage.inHeading.includes(whole) ? 12 : 8;
      if (passage.inText.includes(start)) points += passage.inText.includes(whole) ? 3 : 2;
      own = own || points > 0;
      if (passage.inPage.includes(start)) points += 2;
      if (!points) return 0;
      sum += points;
    }
    return own ? sum : 0;
  }
  function find(query) {
    var found = passages.map(function (passage) { return { passage: passage, weight: weigh(passage, query) }; });
    found = found.filter(function (one) { return one.weight > 0; });
    return found.sort(function (a, b) { return b.weight - a.weight || a.passage.order - b.passage.order; });
  }

  // The words of a text with the sought ones in <mark>; a long text from shortly before the first.
  function marked(text, query, isExcerpt) {
    var line = document.createDocumentFragment(), word = /[\p{L}\p{N}\p{M}]+/gu, hits = [], hit;
    while ((hit = word.exec(text))) {
      var folded = fold(hit[0]);
      if (query.some(function (start) { return folded.startsWith(start); })) hits.push([hit.index, hit.index + hit[0].length]);
    }
    var from = 0, to = text.length;
    if (isExcerpt && to > BEFORE + AFTER) {
      var first = hits.length ? hits[0][0] : 0;
      if (first > BEFORE) from = text.indexOf(' ', first - BEFORE) + 1 || first;
      if (from > first) from = first;
      if (first + AFTER < to) to = Math.max(text.lastIndexOf(' ', first + AFTER), hits.length ? hits[0][1] : 0);
    }
    var at = from;
    if (from > 0) line.append('… ');
    hits.forEach(function (hit) {
      if (hit[0] < at || hit[1] > to) return;
      var mark = document.createElement('mark');
      mark.append(text.slice(hit[0], hit[1]));
      line.append(text.slice(at, hit[0]), mark);
      at = hit[1];
    });
    line.append(text.slice(at, to));
    if (to < text.length) line.append(' …');
    return line;
  }

  function element(name, className, content) {
    var made = document.createElement(name);
    made.className = className;
    if (content) made.append(content);
    return made;
  }
  function option(passage, at) {
    var link = element('a', 'search-result');
    link.href = passage.address;
    link.id = 'search-result-' + at;
    link.tabIndex = -1;
    link.setAttribute('role', 'option');
    link.setAttribute('aria-selected', 'false');
    link.setAttribute('aria-posinset', at + 1);
    link.setAttribute('aria-setsize', found.length);
    var where = [passage.page, passage.mark].filter(Boolean).join(' · ');
    link.append(element('span', 'search-heading', marked(passage.heading, query, false)));
    if (where) link.append(' ', element('span', 'search-where', where));
    if (passage.text) link.append(' ', element('span', 'search-text', marked(passage.text, query, true)));
    return link;
  }

  var panel = element('div', 'search-panel'), list = element('div', 'search-list'), count = element('p', 'search-count');
  var status = element('p', 'visually-hidden'), more = element('button', 'search-more', place.dataset.more);
  var query = [], found = [], active = -1, telling;
  status.setAttribute('role', 'status');
  list.id = 'search-list';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', place.dataset.label);
  count.setAttribute('aria-hidden', 'true');
  more.type = 'button';
  panel.hidden = true;
  panel.append(count, list, more);
  place.append(panel, status);
  field.setAttribute('role', 'combobox');
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-controls', 'search-list');
  field.setAttribute('aria-expanded', 'false');

  function choose(at) {
    var old = list.children[active], now = list.children[at];
    if (old) old.setAttribute('aria-selected', 'false');
    active = now ? at : -1;
    if (!now) return field.removeAttribute('aria-activedescendant');
    now.setAttribute('aria-selected', 'true');
    field.setAttribute('aria-activedescendant', now.id);
    now.scrollIntoView({ block: 'nearest' });
  }
  function close() {
    panel.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    choose(-1);
  }
  // Results are made as they are asked for: a single letter finds most of the report.
  function add(number) {
    var shown = list.children.length;
    found.slice(shown, shown + number).forEach(function (one, at) { list.append(option(one.passage, shown + at)); });
    more.hidden = list.children.length === found.length;
  }
  function show() {
    query = words(field.value);
    found = query.length ? find(query) : [];
    choose(-1);
    list.replaceChildren();
    add(FIRST);
    var told = !query.length ? '' : found.length ? place.dataset.found + ' ' + found.length : place.dataset.nothing;
    count.textContent = told;
    // Told when the typing rests, so that a screen reader is not interrupted at each letter.
    clearTimeout(telling);
    telling = setTimeout(function () { status.textContent = told; }, 400);
    panel.hidden = !query.length;
    list.hidden = !found.length;
    field.setAttribute('aria-expanded', String(found.length > 0));
  }

  field.addEventListener('input', show);
  field.addEventListener('focus', function () { if (field.value && panel.hidden) show(); });
  // The field keeps the focus: its arrows go on from the first result that is new.
  more.addEventListener('click', function () {
    var next = list.children.length;
    // Before the button goes with the last result: the focus would leave the search, and close it.
    field.focus();
    add(MORE);
    choose(next);
  });
  more.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') return;
    field.focus();
    close();
  });
  field.addEventListener('keydown', function (event) {
    var last = list.children.length - 1;
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      if (panel.hidden) field.value = '';
      close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (panel.hidden && field.value) show();
      if (last < 0) return;
      var down = event.key === 'ArrowDown';
      if (down && active === last && !more.hidden) {
        add(MORE);
        last = list.children.length - 1;
      }
      choose(down ? (active < last ? active + 1 : 0) : (active > 0 ? active - 1 : last));
    } else if (event.key === 'Enter') {
      var link = list.children[Math.max(active, 0)];
      if (!panel.hidden && link) link.click();
    } else return;
    event.preventDefault();
  });
  place.addEventListener('focusout', function (event) { if (!place.contains(event.relatedTarget)) close(); });
  list.addEventListener('click', close);
  if (document.activeElement === field && field.value) show();
})();
