/** What is loaded when somebody goes before the camera. */
export { Session } from './session.svelte.ts';
export { default as SessionPage } from './SessionPage.svelte';
