import svelte from 'eslint-plugin-svelte';
import { globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { importDirection } from './src/build/rooms.js';
import svelteConfig from './svelte.config.js';

export default tseslint.config(
  globalIgnores(['dist/', 'node_modules/', 'trainer/runs/', 'tests/results/', '.cache/']),
  tseslint.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.worker.json', 'tsconfig.node.json', 'tests/tsconfig.json'],
        extraFileExtensions: ['.svelte'],
      },
    },
    plugins: { plumbline: { rules: { 'import-direction': importDirection } } },
    rules: {
      'plumbline/import-direction': 'error',
      eqeqeq: ['error', 'smart'],
      'no-console': 'error',
      'prefer-const': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      // `void promise` says that nobody waits; a listener may be async.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      // A method is async because its interface is, whether or not this one waits.
      '@typescript-eslint/require-await': 'off',
      // tfjs answers `Tensor<Rank>` where the rank is known: the assertion that says so is not always the only possible one.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, svelteConfig } },
    // Props are declared together, and with `let` where one of them is bound.
    rules: { 'prefer-const': 'off', 'svelte/prefer-const': ['error', { destructuring: 'all' }] },
  },
  {
    // Programs for a terminal speak through the console.
    files: ['trainer/**', 'tests/**', 'src/build/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // `expect.any` is an `any`, and `expect(object.method)` calls nothing.
    files: ['tests/**'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
  { files: ['**/*.{js,mjs}'], extends: [tseslint.configs.disableTypeChecked] },
);
