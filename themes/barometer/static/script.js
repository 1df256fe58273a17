// For paper the style sheet is read anew, and typefaces that may be late are too late then: these are there, under the
// same names. Not before, as on a screen they would move lines.
(document.documentElement.dataset.fonts || '').split(' ').forEach(function (font) {
  var names = { serif: ['Barometer Serif'], sans: ['Barometer Text', 'Barometer Sans'] }[font.replace(/^.*\/|\.woff2$/g, '')] || [];
  names.forEach(function (name) {
    var face = new FontFace(name, 'url("' + font + '")', { weight: '400 600' });
    face.load().catch(function () {});
    addEventListener('beforeprint', function () { document.fonts.add(face); });
  });
});

// Marks the section being read in "on this page".
(function () {
  var links = document.querySelectorAll('.outline a'), queued = false;
  function mark() {
    var current = null;
    queued = false;
    links.forEach(function (link) {
      var section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (section && section.getBoundingClientRect().top < innerHeight / 3) current = link;
    });
    links.forEach(function (link) {
      if (link === current) link.setAttribute('aria-current', 'location');
      else link.removeAttribute('aria-current');
    });
  }
  if (!links.length) return;
  addEventListener('scroll', function () { if (!queued) { queued = true; requestAnimationFrame(mark); } }, { passive: true });
  mark();
})();

// A mark tells its name, number, interval and base: to a pointer on it, and to the arrow keys when its drawing has
// the focus. The drawing stays one image; what the keys come to is said by a line that is read aloud.
document.querySelectorAll('.figure-chart[data-marks]').forEach(function (chart) {
  var told = new Map(), line = document.createElement('p'), now = null;
  chart.querySelectorAll('.mark > title').forEach(function (title) {
    told.set(title.parentNode, title.textContent);
    // The browser's own would stand beside ours.
    title.remove();
  });
  if (!told.size) return;
  function show(mark) {
    if (mark === now) return;
    if (now) now.classList.remove('mark-told');
    now = mark;
    line.textContent = mark ? told.get(mark) : '';
    if (!mark) return;
    mark.classList.add('mark-told');
    var at = mark.getBoundingClientRect(), frame = chart.getBoundingClientRect();
    var above = at.top - frame.top - line.offsetHeight - 8;
    line.style.left = Math.max(0, Math.min(frame.width - line.offsetWidth, at.left + at.width / 2 - frame.left - line.offsetWidth / 2)) + 'px';
    line.style.top = (above < 0 ? at.bottom - frame.top + 8 : above) + 'px';
  }
  function step(by) {
    var marks = Array.from(told.keys()).filter(function (mark) { return mark.getClientRects().length; }), at = marks.indexOf(now);
    show(marks[by ? Math.max(0, Math.min(marks.length - 1, at + by)) : Math.max(0, at)]);
    now.scrollIntoView({ block: 'nearest' });
  }
  line.className = 'told';
  line.setAttribute('role', 'status');
  chart.append(line);
  chart.tabIndex = 0;
  chart.setAttribute('role', 'group');
  chart.setAttribute('aria-label', chart.dataset.marks);
  chart.setAttribute('aria-describedby', chart.closest('figure').getAttribute('aria-labelledby'));
  chart.addEventListener('focus', function () { if (chart.matches(':focus-visible')) step(0); });
  chart.addEventListener('blur', function () { show(null); });
  chart.addEventListener('keydown', function (event) {
    var by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (event.target !== chart || event.ctrlKey || event.metaKey || event.altKey) return;
    if (by) { event.preventDefault(); step(by); }
  });
  chart.addEventListener('pointerover', function (event) {
    var mark = document.elementsFromPoint(event.clientX, event.clientY).find(function (element) { return told.has(element); });
    if (mark) show(mark);
  });
  chart.addEventListener('pointerleave', function () { show(null); });
  document.addEventListener('keydown', function (event) { if (event.key === 'Escape') show(null); });
});

// "Copy", under each table of a figure (cells between tabs, as spreadsheets take them), citation and piece of code.
// What a spreadsheet would carry out as a formula has an apostrophe before it, as in the files.
document.querySelectorAll('[data-copy]').forEach(function (scroll) {
  var FORMULA = /^(?=[=@]|[+-].*[(|!])/, line = document.createElement('p'), button = document.createElement('button'), said = document.createElement('span'), figure = scroll.closest('figure');
  line.className = 'copy';
  button.type = 'button';
  button.textContent = scroll.dataset.copy;
  if (figure) button.setAttribute('aria-describedby', figure.getAttribute('aria-labelledby'));
  said.setAttribute('role', 'status');
  button.addEventListener('click', function () {
    var rows = Array.prototype.map.call(scroll.querySelectorAll('tr'), function (row) {
      return Array.prototype.map.call(row.cells, function (cell) { return cell.textContent.replace(/\s+/g, ' ').trim().replace(FORMULA, "'"); }).join('\t');
    });
    navigator.clipboard.writeText(rows.length ? rows.join('\n') : scroll.textContent.trim()).then(function () {
      said.textContent = scroll.dataset.copied;
      setTimeout(function () { said.textContent = ''; }, 4000);
    });
  });
  if (navigator.clipboard) {
    line.append(button, ' ', said);
    scroll.after(line);
  }
});

// The language switch leads to the figure that the address names: its id is the same in every language.
(function () {
  var links = document.querySelectorAll('.languages a[hreflang]');
  function follow() {
    var figure = location.hash.indexOf('#fig-') ? '' : location.hash;
    // To set what is there already would write the whole address of the page into the link.
    links.forEach(function (link) { if (link.hash !== figure) link.hash = figure; });
  }
  addEventListener('hashchange', follow);
  follow();
})();

// Keeps a choice of the reader in the browser ('' forgets it), or tells it; nothing else is stored. Some browsers refuse.
function kept(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    if (value === '') localStorage.removeItem(name);
    return localStorage.getItem(name);
  } catch (refused) { return value; }
}

// Who looks at the results by region in one figure finds them so in the next, and on the next page.
(function () {
  var name = 'barometer-tab', tabs = document.querySelectorAll('.tabs > input');
  function turn(value) {
    tabs.forEach(function (tab) { if (tab.value === value) tab.checked = true; });
  }
  tabs.forEach(function (tab) {
    tab.addEventListener('change', function () {
      var top = tab.getBoundingClientRect().top;
      turn(kept(name, tab.value));
      scrollBy(0, tab.getBoundingClientRect().top - top);
    });
  });
  turn(kept(name));
})();

// Search: the link in the masthead becomes a field; what searches is fetched when someone comes to it.
(function () {
  var place = document.querySelector('.finder[data-code]');
  if (!place) return;
  var field = document.createElement('input'), link = place.querySelector('a'), asked = false;
  function fetchScript(address, then) {
    var script = document.createElement('script');
    script.src = address;
    script.onload = then;
    script.onerror = function () { asked = false; location.href = link.href; };
    document.head.append(script);
  }
  function prepare() {
    if (asked) return;
    asked = true;
    fetchScript(place.dataset.index, function () { fetchScript(place.dataset.code); });
  }
  field.type = 'search';
  field.placeholder = link.textContent;
  field.autocomplete = 'off';
  field.spellcheck = false;
  field.setAttribute('aria-label', place.dataset.label);
  field.addEventListener('focus', prepare);
  place.setAttribute('role', 'search');
  place.setAttribute('aria-label', place.dataset.label);
  link.replaceWith(field);
  document.addEventListener('keydown', function (event) {
    var at = document.activeElement;
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || shortcut() === 'off') return;
    if (at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && !/^(radio|checkbox)$/.test(at.type))) return;
    event.preventDefault();
    field.focus();
  });
})();

// Whether "/" leads to the field is the reader's own setting: 'off', or nothing.
function shortcut(set) { return kept('barometer-shortcut', set); }

// A long list of links is filtered as one types.
(function () {
  var place = document.querySelector('.filter');
  if (!place) return;
  function fold(text) { return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/œ/g, 'oe'); }
  function labelled(type, text) {
    var label = document.createElement('label'), input = document.createElement('input');
    input.type = type;
    label.append(text);
    if (type === 'search') label.append(input); else label.prepend(input);
    place.append(label);
    return input;
  }
  var input = labelled('search', place.dataset.label), said = document.createElement('span');
  said.setAttribute('role', 'status');
  place.append(said);
  var lists = Array.prototype.map.call(document.querySelectorAll('.prose ul.lines'), function (list) {
    var heading = list.previousElementSibling;
    return { list: list, heading: heading && /^H[23]$/.test(heading.tagName) ? heading : list, lines: Array.from(list.children, function (line) { return { line: line, text: fold(line.textContent) }; }) };
  });
  input.addEventListener('input', function () {
    var words = fold(input.value).split(/\s+/), left = 0;
    lists.forEach(function (part) {
      var here = part.lines.filter(function (entry) {
        var fits = words.every(function (word) { return entry.text.includes(word); });
        entry.line.hidden = !fits;
        return fits;
      }).length;
      part.list.hidden = part.heading.hidden = !here;
      left += here;
    });
    said.textContent = input.value ? place.dataset.found + ' ' + left : '';
  });
  if (place.dataset.shortcut) {
    var box = labelled('checkbox', place.dataset.shortcut);
    box.checked = shortcut() !== 'off';
    box.addEventListener('change', function () { shortcut(box.checked ? '' : 'off'); });
  }
})();
