export default ['list/index', 'detail/index', 'present/index', 'verify/index', 'grants/index']
