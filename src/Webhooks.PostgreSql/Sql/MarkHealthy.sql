DELETE FROM {schema}.failing WHERE endpoint = $1
