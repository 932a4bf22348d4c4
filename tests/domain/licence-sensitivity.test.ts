import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSensitive } from '../../domain/licence/sensitivity'

test('0、1 级不敏感，2、3 级敏感', () => {
  assert.deepEqual([0, 1, 2, 3].filter((sensitivity) => isSensitive({ sensitivity })), [2, 3])
})
