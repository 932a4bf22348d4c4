export default ['submission/index', 'detail/index', 'correct/index', 'supplement/index', 'receipt/index']
