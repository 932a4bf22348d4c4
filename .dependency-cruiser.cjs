/** docs/architecture.md, "What may import what". tests/architecture/imports.test.ts proves that each rule bites. */
const typeOnly = ['type-only']

module.exports = {
  forbidden: [
    rule('domain-imports-nothing', 'domain/ is pure: no npm package, no Node module, no other folder', from('^domain/'), {
      pathNot: '^domain/'
    }),
    rule('contract-imports-domain-and-typebox', 'contract/ sees domain/ and TypeBox only', from('^contract/'), {
      pathNot: ['^contract/', '^domain/', '^node_modules/typebox/']
    }),
    rule('catalogue-schema-imports-domain-and-typebox', 'catalogue/schema sees domain/ and TypeBox only', from('^catalogue/schema'), {
      pathNot: ['^catalogue/schema', '^domain/', '^node_modules/typebox/']
    }),
    rule('catalogue-imports-domain', 'catalogue/ sees domain/ of our folders only', from('^catalogue/'), {
      path: '^(src|server|contract|mock|tests|scripts|config)/'
    }),
    rule('server-imports-inwards', 'server/ sees domain/, contract/ and catalogue/ of our folders', from('^server/'), {
      path: '^(src|mock|tests|scripts|config)/'
    }),
    rule(
      'module-keeps-its-repository',
      "a server module never imports another module's repository",
      from('^server/modules/([^/]+)/'),
      { path: '^server/modules/[^/]+/repository', pathNot: '^server/modules/$1/' }
    ),
    rule('src-imports-domain-and-contract', 'src/ sees domain/ and contract/ of our folders', from('^src/'), {
      path: '^(server|catalogue|mock|tests|scripts|config)/'
    }),
    rule('src-imports-contract-types', 'src/ imports contract/ by `import type` only: no byte of it in the mini-program', from('^src/'), {
      path: '^contract/',
      dependencyTypesNot: typeOnly
    }),
    rule('src-runs-on-phones', 'src/ has no Node modules', from('^src/'), { dependencyTypes: ['core'] }),
    rule('feature-imports-no-feature', 'a feature never imports another feature', from('^src/features/([^/]+)/'), {
      path: '^src/features/',
      pathNot: '^src/features/$1/'
    }),
    rule('components-only-present', 'components make no requests, know no page and no feature', from('^src/components/'), {
      path: '^src/(api|features|pages)/'
    }),
    rule('pages-call-hooks', 'pages call hooks, hooks call api/', from('^src/(pages|features)/.+\\.tsx$'), {
      path: '^src/api/',
      dependencyTypesNot: typeOnly
    }),
    rule('taro-components-in-platform', '@tarojs/components appears in src/platform/ only', from('^src/', '^src/platform/'), {
      path: '^(node_modules/)?@tarojs/components'
    }),
    rule('mock-imports-contract-types', 'mock/ sees the types of contract/ and nothing else of ours', from('^mock/'), {
      path: '^(src|server|domain|catalogue|tests|scripts|config)/'
    }),
    rule('mock-imports-contract-by-type', 'mock/ imports contract/ by `import type` only', from('^mock/'), {
      path: '^contract/',
      dependencyTypesNot: typeOnly
    }),
    rule('only-tests-import-tests', 'nothing imports tests/ but tests', from('.', '^tests/'), { path: '^tests/' }),
    rule('only-tests-import-scripts', 'scripts are run, not imported', from('.', '^(tests|scripts)/'), { path: '^scripts/' }),
    rule('no-development-package-at-run-time', 'what runs in production is in "dependencies"',
      from('^(server|catalogue|contract|domain|mock)/'), {
      dependencyTypes: ['npm-dev'],
      dependencyTypesNot: typeOnly
    }),
    rule('no-cycles', 'no cycles anywhere', from('.', '^tests/'), { circular: true }),
    rule('no-cycles-in-tests', 'no cycles in tests either, other than of types', from('^tests/'), {
      circular: true,
      viaOnly: { dependencyTypesNot: typeOnly }
    }),
    rule('nothing-unresolved', 'every import is found', from('.'), { couldNotResolve: true })
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/|\\.scss$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types']
    }
  }
}

function rule(name, comment, fromPart, to) {
  return { name, comment, severity: 'error', from: fromPart, to }
}

function from(path, pathNot) {
  return pathNot ? { path, pathNot } : { path }
}
