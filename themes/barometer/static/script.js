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
