export default ['list/index', 'detail/index']
