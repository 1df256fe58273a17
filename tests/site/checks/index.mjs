/** The checks, in the order in which they are told. */
import html from './html.mjs';
import links from './links.mjs';
import offline from './offline.mjs';
import axe from './axe.mjs';
import reflow from './reflow.mjs';
import noscript from './noscript.mjs';
import charts from './charts.mjs';
import keyboard from './keyboard.mjs';
import headings from './headings.mjs';
import print from './print.mjs';
import downloads from './downloads.mjs';
import metadata from './metadata.mjs';
import machines from './machines.mjs';
import search from './search.mjs';
import weight from './weight.mjs';

export const CHECKS = [html, links, offline, axe, reflow, noscript, charts, keyboard, headings, print, downloads, metadata, machines, weight, search];
