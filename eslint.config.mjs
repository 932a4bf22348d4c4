import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const onlySettings = ['server/config.ts', 'mock/config.ts', 'scripts/**', 'config/**', 'tests/**', '*.{js,mjs,cjs}']

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', 'data/', '.cache/', '.swc/'] },
  { linterOptions: { noInlineConfig: true } },
  ...tseslint.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-len': ['error', { code: 140, ignoreUrls: true, ignoreRegExpLiterals: true }],
      'no-var': 'error',
      'prefer-const': 'error',
      quotes: ['error', 'single', { avoidEscape: true }],
      semi: ['error', 'never'],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-syntax': ['error', ...processEnvironment()],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': false }]
    }
  },
  { files: onlySettings, rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.{js,cjs}'],
    rules: { '@typescript-eslint/no-require-imports': 'off' }
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'no-restricted-syntax': ['error', ...processEnvironment()]
    }
  },
  {
    // What differs between the two ends is asked for in one folder only (docs/architecture.md).
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/platform/**'],
    rules: { 'no-restricted-globals': ['error', 'window', 'document', 'navigator', 'localStorage', 'sessionStorage', 'location', 'wx'] }
  },
  {
    // The build replaces process.env.TARO_ENV and its like by text.
    files: ['src/platform/**'],
    rules: { 'no-restricted-syntax': 'off' }
  },
  {
    files: ['domain/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        'process',
        'fetch',
        'setTimeout',
        'setInterval',
        'crypto',
        'performance'
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness is passed in.' },
        { object: 'Date', property: 'now', message: 'The clock is passed in.' }
      ],
      'no-restricted-syntax': [
        'error',
        ...processEnvironment(),
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The clock is passed in.' }
      ]
    }
  }
)

function processEnvironment() {
  return [
    {
      selector: "MemberExpression[object.name='process'][property.name='env']",
      message: 'Settings are read in server/config.ts, mock/config.ts, scripts/ and config/ only.'
    }
  ]
}
