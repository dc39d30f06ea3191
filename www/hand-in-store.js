// What a student has collected to hand in, in the browser's own store. Nothing of it leaves the browser but as the file that the
// student saves. docs/classroom.md has the format of that file.

import { tr } from './language.js';

export const FORMAT = 'orrery-hand-in';
export const VERSION = 1;
const KEY = 'orrery-hand-in';
const LESSON = 'orrery-lesson:';
const MOST_RESULTS = 24;

/** Who hands in, and the results that were collected, oldest first. */
export function kept() {
  const stored = parsed(read(KEY));
  return { student: String(stored?.student ?? ''), results: Array.isArray(stored?.results) ? stored.results : [] };
}

/** Keeps that; a sentence where the browser has no room or no store. */
export function keep(what) {
  try {
    localStorage.setItem(KEY, JSON.stringify(what));
  } catch (error) {
    return error?.name === 'QuotaExceededError'
      ? tr('The browser has no room for more: save your file, then remove results.')
      : tr('This browser keeps nothing for this page (a private window?), so nothing can be collected here.');
  }
}

/** Adds a result; a sentence where it could not be, or not with its pictures. Nothing that was collected before is given up for it. */
export function add(result) {
  const { student, results } = kept();
  if (results.length >= MOST_RESULTS) {
    return tr('{n} results are collected, which is the most that one file takes: save it, then remove results.', { n: MOST_RESULTS });
  }
  if (!keep({ student, results: [...results, result] })) return undefined;
  return keep({ student, results: [...results, { ...result, pictures: [] }] }) ?? tr('The browser has no room for its pictures, so it was collected without them.');
}

/** Answers to lessons that are kept in this browser. */
export function lessons() {
  const names = keys().filter((key) => key.startsWith(LESSON));
  return names
    .map((key) => parsed(read(key))?.handIn)
    .filter((lesson) => lesson?.format === 'orrery-answers' && Array.isArray(lesson.answers) && lesson.answers.length);
}

function keys() {
  try {
    return Object.keys(localStorage).sort();
  } catch {
    return [];
  }
}

function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
