/** What is loaded when somebody looks at the records. */
export { default as RecordsPage } from './RecordsPage.svelte';
export { Search } from './search.svelte.ts';
export { Transfer } from './transfer.svelte.ts';
export { default as VisitPage } from './VisitPage.svelte';
