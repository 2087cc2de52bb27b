// In the image's build, after compiling: leaves of the checkout what the services and apps run on. `npm install` then drops the rest
// of node_modules, by the versions that the lock file has. Never run it in a checkout you work in.
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const manifests = ['package.json', ...globSync('{libs,services,apps}/*/package.json')]
for (const path of manifests) {
  const { devDependencies: _dropped, ...manifest } = JSON.parse(readFileSync(path, 'utf8'))
  if (path === 'package.json') manifest.workspaces = ['libs/*', 'services/*', 'apps/*']
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`)
}
const inside = (pattern) => globSync(`{libs,services,apps}/*/${pattern}`)
const gone = [
  'libs/testkit',
  'deploy/local',
  'deploy/demo',
  'tests',
  // npm would believe it that nothing has changed.
  'node_modules/.package-lock.json',
  ...inside('{src,tests,tsconfig.json}'),
  ...inside('dist/{tests,**/*.test.js,**/*.map,**/*.d.ts,*.tsbuildinfo}'),
]
for (const path of gone) rmSync(path, { recursive: true, force: true })
