// The floors of the house: imports point downward only. ARCHITECTURE.md has the drawing.
const floors = [
  ['contracts'],
  ['conditions', 'time'],
  ['engine', 'decisions'],
  ['procedures', 'llm', 'connectors', 'channels', 'notify', 'store', 'vault'],
  ['lane', 'dialogue'],
  ['http', 'studio'],
]
const room = (names) => `^packages/(${names.join('|')})/`
const above = (level) => floors.slice(level + 1).flat()

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...floors.slice(0, -1).map((names, level) => ({
      name: `floor-${level + 1}-imports-nothing-above`,
      severity: 'error',
      from: { path: room(names), pathNot: '\\.test\\.ts$' },
      to: { path: room(above(level)) },
    })),
    {
      name: 'nobody-imports-an-app',
      severity: 'error',
      from: { path: '^(packages|examples)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-do-not-import-each-other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'lane-and-dialogue-are-strangers',
      severity: 'error',
      from: { path: '^packages/lane/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/dialogue/' },
    },
    {
      name: 'dialogue-and-lane-are-strangers',
      severity: 'error',
      from: { path: '^packages/dialogue/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/(lane|store)/' },
    },
    {
      name: 'hands-know-only-contracts',
      severity: 'error',
      from: { path: '^packages/(llm|connectors|channels|notify|store|vault)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/(?!contracts/|time/)', pathNot: '^packages/$1/' },
    },
    {
      name: 'conditions-and-engine-import-no-room',
      severity: 'error',
      from: { path: '^packages/(conditions|engine)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/', pathNot: '^packages/$1/' },
    },
    {
      name: 'time-knows-only-contracts',
      severity: 'error',
      from: { path: '^packages/time/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/(?!contracts/|time/)' },
    },
    {
      name: 'decisions-know-no-tree',
      severity: 'error',
      from: { path: '^packages/decisions/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/(?!contracts/|conditions/|decisions/)' },
    },
    {
      name: 'pure-rooms-do-no-io',
      severity: 'error',
      from: { path: '^packages/(contracts|conditions|time|decisions|engine|procedures)/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'testkit-is-for-tests',
      severity: 'error',
      from: { pathNot: '(\\.test\\.ts$|^packages/testkit/|^tests/|/testing)' },
      to: { path: '^packages/testkit/' },
    },
    {
      name: 'only-the-front-door',
      severity: 'error',
      from: { path: '^(packages|apps|examples)/([^/]+)/' },
      to: {
        path: '^packages/[^/]+/src/',
        pathNot: ['^packages/[^/]+/src/(index|manifests|testing|yaml)\\.ts$', '^$1/$2/'],
      },
    },
    {
      name: 'the-demo-is-not-a-part',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^examples/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'generated'] },
    exclude: { path: ['/dist/', '/generated/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
