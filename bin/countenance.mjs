#!/usr/bin/env node
// Runs the command line on a new enough Node; see `countenance --help`.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensurePackages, findNode, root } from '../tools/prepare.mjs'

ensurePackages()
const words = ['--disable-warning=ExperimentalWarning', join(root, 'src', 'main.ts'), ...process.argv.slice(2)]
const child = spawn(findNode(), words, { stdio: 'inherit' })
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code) => process.exit(code ?? 1))
