import { cleanup, configure } from '@testing-library/react'

// A bound, not a measure: a second is short on a machine that has much else to do.
configure({ asyncUtilTimeout: 10_000 })

// jsdom lays nothing out, so there is nothing to scroll.
Element.prototype.scrollIntoView = () => undefined

afterEach(() => {
  cleanup()
  localStorage.clear()
})
