# Completion of chancery for bash: verbs, options and their values come from
# the program's own tables.
# SPDX-License-Identifier: ISC

_chancery()
{
	local program=$1 word=$2 previous=$3 verb= i

	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-*)	;;
		*)	# The value of an option before the verb is no verb.
			case ${COMP_WORDS[i - 1]} in
			--archive|-a|--reader|-r)
				[ -z "$verb" ] && continue ;;
			esac
			[ -z "$verb" ] && verb=${COMP_WORDS[i]} ;;
		esac
	done

	if [ -z "$verb" ]; then
		case $word in
		-*)	mapfile -t COMPREPLY < <(compgen -W \
			    "--archive --reader --portion-release --help \
			    --version" -- "$word") ;;
		*)	mapfile -t COMPREPLY < <(compgen -W \
			    "$("$program" help --verbs 2>/dev/null)" \
			    -- "$word") ;;
		esac
		return
	fi
	case $previous in
	--*)
		local values
		values=$("$program" help --values "${previous#--}" "$verb" \
		    2>/dev/null)
		if [ -n "$values" ]; then
			mapfile -t COMPREPLY < <(compgen -W "$values" \
			    -- "$word")
			return
		fi ;;
	esac
	case $word in
	-*)	mapfile -t COMPREPLY < <(compgen -W \
		    "--help $("$program" help --options "$verb" \
		    2>/dev/null)" -- "$word") ;;
	*)	case $verb in
		search|count|facets|export|names|gaps|timeline|network)
			# Words of the query: the program says how the last one
			# may go on. It is cut from the line, since the shell
			# parts words at colons.
			local line=${COMP_LINE:0:COMP_POINT} term start
			term=${line##*[[:space:]]}
			start=${term%"${word#:}"}
			[ "$word" = : ] && start=$term
			mapfile -t COMPREPLY < <("$program" complete --limit 100 \
			    -- "$term" 2>/dev/null | cut -f 1 |
			    while IFS= read -r line; do
				printf '%q\n' "${line#"$start"}"
			    done)
			compopt -o nospace 2>/dev/null ;;
		help)	mapfile -t COMPREPLY < <(compgen -W \
			    "$("$program" help --verbs 2>/dev/null)" \
			    -- "$word") ;;
		distribute)
			compopt -o filenames 2>/dev/null
			mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
		programme)
			compopt -o filenames 2>/dev/null
			if [ "$previous" = programme ]; then
				mapfile -t COMPREPLY < <(compgen -W "list show \
				    table due predict telegrams history define \
				    load record link refuse" -- "$word")
			else
				mapfile -t COMPREPLY < <(compgen -f -- "$word")
			fi ;;
		read|import|check)
			compopt -o filenames 2>/dev/null
			mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
		esac ;;
	esac
}

complete -F _chancery chancery
