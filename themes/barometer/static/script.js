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

// "Copy the table", under each table of a figure: cells between tabs, as spreadsheets take them.
document.querySelectorAll('[data-copy]').forEach(function (scroll) {
  var line = document.createElement('p'), button = document.createElement('button'), said = document.createElement('span');
  line.className = 'copy';
  button.type = 'button';
  button.textContent = scroll.dataset.copy;
  button.setAttribute('aria-describedby', scroll.closest('figure').getAttribute('aria-labelledby'));
  said.setAttribute('role', 'status');
  button.addEventListener('click', function () {
    var rows = Array.prototype.map.call(scroll.querySelectorAll('tr'), function (row) {
      return Array.prototype.map.call(row.cells, function (cell) { return cell.textContent.replace(/\s+/g, ' ').trim(); }).join('\t');
    });
    navigator.clipboard.writeText(rows.join('\n')).then(function () {
      said.textContent = scroll.dataset.copied;
      setTimeout(function () { said.textContent = ''; }, 4000);
    });
  });
  if (navigator.clipboard) {
    line.append(button, ' ', said);
    scroll.after(line);
  }
});
