/** Read by Vite, svelte-check, ESLint and editors alike. Runes everywhere: no component of ours is written in the old style. */
export default { compilerOptions: { runes: true } };
