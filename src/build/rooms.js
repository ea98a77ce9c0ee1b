/**
 * Which folder may import what: the plan of the house as an ESLint rule. Imports go one way, so that walking, files and networks
 * stay usable in Node, in workers and in the page alike, and no library leaks out of the room that wraps it.
 *
 * @typedef {{ rooms: readonly string[], packages: readonly string[] }} Room
 */
import { relative, resolve, dirname, sep } from 'node:path';

const NODE = 'node:*';

/** @type {Readonly<Record<string, Room>>} */
export const ROOMS = {
  'src/gait': { rooms: [], packages: ['valibot', 'pure-rand/*'] },
  'src/formats': { rooms: [], packages: ['fflate'] },
  'src/nets': { rooms: ['src/gait', 'src/formats'], packages: ['valibot', '@tensorflow/*'] },
  'src/capture': { rooms: ['src/gait'], packages: ['mediabunny'] },
  'src/pose': { rooms: ['src/gait', 'src/capture'], packages: ['@mediapipe/tasks-vision', 'comlink'] },
  'src/pose/bundle': { rooms: [], packages: [NODE, 'fflate'] },
  'src/screening': {
    rooms: ['src/gait', 'src/formats', 'src/nets', 'src/capture', 'src/pose'],
    packages: ['valibot', 'comlink', '@tensorflow/tfjs-core'],
  },
  'src/records': { rooms: ['src/gait', 'src/screening'], packages: ['valibot', 'idb', 'cborg', 'cborg/taglib'] },
  'src/report': { rooms: ['src/gait', 'src/formats', 'src/records'], packages: [] },
  'src/offline': { rooms: [], packages: [] },
  'src/ui': {
    rooms: ['src/gait', 'src/formats', 'src/nets', 'src/capture', 'src/screening', 'src/records', 'src/report', 'src/offline'],
    packages: ['svelte', 'svelte/*'],
  },
  'src/build': { rooms: ['src/pose/bundle', 'src/offline'], packages: [NODE, 'vite', 'vite-plugin-pwa'] },
  src: { rooms: ['src/ui', 'src/screening'], packages: ['svelte'] },
  trainer: {
    rooms: ['src/gait', 'src/formats', 'src/nets'],
    packages: [
      NODE,
      '@tensorflow/*',
      'onnxruntime-node',
      'onnxruntime-web',
      'fastest-levenshtein',
      'pure-rand/*',
      'tsx/esm/api',
      'valibot',
      'webgpu',
      'yaml',
    ],
  },
};

const top = resolve(import.meta.dirname, '../..');
const names = Object.keys(ROOMS).sort((a, b) => b.length - a.length);

/** The innermost room that a file is in. @param {string} path */
function roomOf(path) {
  const inside = relative(top, path).split(sep).join('/');
  return names.find((name) => inside.startsWith(`${name}/`));
}

/** @param {readonly string[]} allowed @param {string} source */
function allows(allowed, source) {
  return allowed.some((name) => (name.endsWith('*') ? source.startsWith(name.slice(0, -1)) : source === name));
}

/** @type {import('eslint').Rule.RuleModule} */
export const importDirection = {
  meta: { type: 'problem', schema: [], messages: { room: '{{from}} may not import {{to}}: see src/build/rooms.js.' } },
  create(context) {
    const name = roomOf(context.filename);
    const room = name === undefined ? undefined : ROOMS[name];
    if (name === undefined || !room) return {};

    /** @param {{ source?: any }} node */
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string') return;
      const relativeImport = source.startsWith('.');
      const target = relativeImport ? roomOf(resolve(dirname(context.filename), source)) : undefined;
      const fine = relativeImport ? target === name || (target && room.rooms.includes(target)) : allows(room.packages, source);
      if (!fine) context.report({ node: node.source, messageId: 'room', data: { from: name, to: target ?? source } });
    };
    return { ImportDeclaration: check, ImportExpression: check, ExportNamedDeclaration: check, ExportAllDeclaration: check };
  },
};
