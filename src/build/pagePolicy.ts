/** Puts the content policy into the built page, for hosts that send no headers of their own. */
import type { Plugin } from 'vite';
import { PAGE_POLICY } from './securityHeaders.ts';

export function pagePolicy(): Plugin {
  return {
    name: 'plumbline:page-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: PAGE_POLICY }, injectTo: 'head-prepend' },
      ],
    },
  };
}
