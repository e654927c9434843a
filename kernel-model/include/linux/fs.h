/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/kdev_t.h>
#include <linux/list.h>
#include <linux/mount.h>
#include <linux/mutex.h>
#include <linux/namei.h>
#include <linux/pagemap.h>
#include <linux/percpu.h>
#include <linux/quota.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/stat.h>
#include <linux/statfs.h>
#include <linux/time.h>
#include <linux/wait.h>

#define NAME_MAX	255
#define PATH_MAX	4096
#define UNNAMED_MAJOR	0
#define MEM_MAJOR	1
#define TTYAUX_MAJOR	5
#define UNIX98_PTY_SLAVE_MAJOR	136

#define MAY_EXEC	1
#define MAY_WRITE	2
#define MAY_READ	4
#define MAY_APPEND	8

#define FMODE_READ	1
#define FMODE_WRITE	2
#define FMODE_LSEEK	4

#define READ		0
#define WRITE		1

#define MS_RDONLY	1
#define MS_NOSUID	2
#define MS_NODEV	4
#define MS_NOEXEC	8
#define MS_SYNCHRONOUS	16
#define MS_REMOUNT	32
#define MS_BIND		4096
#define MS_MOVE		8192
#define MS_REC		16384
#define MS_ACTIVE	(1 << 30)
#define MS_NOUSER	(1 << 31)
#define MS_RMT_MASK	(MS_RDONLY | MS_SYNCHRONOUS)
#define MS_MGC_VAL	0xC0ED0000
#define MS_MGC_MSK	0xffff0000

#define MNT_FORCE	1
#define MNT_DETACH	2

#define FS_REQUIRES_DEV	1

#define IS_RDONLY(inode)	((inode)->i_sb->s_flags & MS_RDONLY)
#define IS_DEADDIR(inode)	((inode)->i_flags & S_DEAD)
#define S_DEAD			32

#define ATTR_MODE	1
#define ATTR_UID	2
#define ATTR_GID	4
#define ATTR_SIZE	8
#define ATTR_ATIME	16
#define ATTR_MTIME	32
#define ATTR_CTIME	64
#define ATTR_ATIME_SET	128
#define ATTR_MTIME_SET	256
#define ATTR_FORCE	512
#define ATTR_KILL_SUID	2048
#define ATTR_KILL_SGID	4096

#define DT_UNKNOWN	0
#define DT_DIR		4
#define DT_REG		8
#define DT_LNK		10

struct file;
struct file_lock;
struct iovec;
struct poll_table_struct;
struct pipe_inode_info;
struct super_operations;
struct inode_operations;
struct file_operations;
struct vm_area_struct;
struct dquot;
struct seq_file;

struct iattr {
	unsigned int ia_valid;
	umode_t ia_mode;
	uid_t ia_uid;
	gid_t ia_gid;
	loff_t ia_size;
	struct timespec ia_atime;
	struct timespec ia_mtime;
	struct timespec ia_ctime;
};

/* The entries of getdents64() in user memory. */
struct linux_dirent64 {
	u64 d_ino;
	s64 d_off;
	unsigned short d_reclen;
	unsigned char d_type;
	char d_name[];
};

typedef int (*filldir_t)(void *buf, const char *name, int namlen, loff_t offset, ino_t ino,
			 unsigned int d_type);

#define I_DIRTY		7
#define I_LOCK		8
#define I_FREEING	16
#define I_CLEAR		32
#define I_NEW		64

/**
 * struct inode - a file, whatever its names
 * @i_hash: in inode_hashtable, by file system and number
 * @i_list: inode_in_use, or inode_unused when nobody has it
 * @i_sb_list: all of a file system
 * @i_flock: locks and leases, leases first
 * @i_writecount: open for writing, or negative: must not be written
 */
struct inode {
	struct hlist_node i_hash;
	struct list_head i_list;
	struct list_head i_sb_list;
	struct list_head i_dentry;
	unsigned long i_ino;
	atomic_t i_count;
	umode_t i_mode;
	unsigned int i_nlink;
	uid_t i_uid;
	gid_t i_gid;
	dev_t i_rdev;
	loff_t i_size;
	struct timespec i_atime;
	struct timespec i_mtime;
	struct timespec i_ctime;
	unsigned long i_blksize;
	unsigned long i_blocks;
	spinlock_t i_lock;	/* i_writecount */
	struct mutex i_mutex;	/* what the file or the directory contains */
	struct inode_operations *i_op;
	const struct file_operations *i_fop;
	struct super_block *i_sb;
	struct file_lock *i_flock;
	struct address_space *i_mapping;
	struct address_space i_data;
	struct dquot *i_dquot;
	struct pipe_inode_info *i_pipe;
	unsigned long i_state;
	unsigned int i_flags;
	atomic_t i_writecount;
	unsigned int i_generation;
	union {
		void *generic_ip;
	} u;
};

struct fown_struct {
	rwlock_t lock;
	int pid;
	uid_t uid, euid;
	int signum;
};

/**
 * struct file - one open of a file
 */
struct file {
	union {
		struct list_head fu_list;	/* of the super block */
		struct rcu_head fu_rcuhead;
	} f_u;
	struct dentry *f_dentry;
	struct vfsmount *f_vfsmnt;
	const struct file_operations *f_op;
	atomic_t f_count;
	unsigned int f_flags;
	mode_t f_mode;
	loff_t f_pos;
	struct fown_struct f_owner;
	unsigned int f_uid, f_gid;
	unsigned long f_version;
	void *private_data;
	struct address_space *f_mapping;
};

#define get_file(x)	atomic_inc(&(x)->f_count)
#define file_count(x)	atomic_read(&(x)->f_count)

struct files_stat_struct {
	int nr_files;
	int nr_free_files;
	int max_files;
};

extern struct files_stat_struct files_stat;
DECLARE_PER_CPU(int, nr_files);
int get_nr_files(void);
void files_init(unsigned long mempages);

#define FL_POSIX	1
#define FL_FLOCK	2
#define FL_ACCESS	8
#define FL_LEASE	32
#define FL_SLEEP	128

#define OFFSET_MAX	((loff_t)(~0ULL >> 1))
#define MAX_NON_LFS	((1L << 31) - 1)

typedef struct files_struct *fl_owner_t;

struct lock_manager_operations;

/**
 * struct file_lock - a lock, or somebody who waits for one
 * @fl_next: the next of the file
 * @fl_link: in file_lock_list, or in blocked_list while waiting
 * @fl_block: those who wait for this one, or the place among them
 * @fl_owner: for POSIX locks, whose
 * @fl_break_time: when a lease that is being broken runs out, in jiffies
 */
struct file_lock {
	struct file_lock *fl_next;
	struct list_head fl_link;
	struct list_head fl_block;
	fl_owner_t fl_owner;
	unsigned int fl_pid;
	wait_queue_head_t fl_wait;
	struct file *fl_file;
	unsigned char fl_flags;
	unsigned char fl_type;
	loff_t fl_start;
	loff_t fl_end;
	unsigned long fl_break_time;
	struct lock_manager_operations *fl_lmops;
};

struct lock_manager_operations {
	void (*fl_break)(struct file_lock *fl);
	int (*fl_change)(struct file_lock **before, int type);
};

#define F_INPROGRESS 16

extern struct list_head file_lock_list;
extern int leases_enable;
extern int lease_break_time;

void filelock_init(void);
struct file_lock *locks_alloc_lock(void);
void locks_init_lock(struct file_lock *fl);
void locks_copy_lock(struct file_lock *to, struct file_lock *from);
struct file_lock *posix_test_lock(struct file *filp, struct file_lock *fl);
int posix_lock_file(struct file *filp, struct file_lock *fl);
int flock_lock_file_wait(struct file *filp, struct file_lock *fl);
void locks_remove_posix(struct file *filp, fl_owner_t owner);
void locks_remove_flock(struct file *filp);
int __break_lease(struct inode *inode, unsigned int flags);
int fcntl_getlk(struct file *filp, struct flock __user *l);
int fcntl_setlk(unsigned int fd, struct file *filp, unsigned int cmd, struct flock __user *l);
int fcntl_setlease(unsigned int fd, struct file *filp, long arg);
int fcntl_getlease(struct file *filp);
int locks_show(struct seq_file *m);

static inline int break_lease(struct inode *inode, unsigned int mode)
{
	return inode->i_flock ? __break_lease(inode, mode) : 0;
}

/**
 * struct super_block - a file system that is in use
 * @s_count: references to the structure; S_BIAS for all the active ones
 * @s_active: mounts and others that need it to work
 */
struct super_block {
	struct list_head s_list;
	dev_t s_dev;
	unsigned long s_blocksize;
	unsigned char s_dirt;
	loff_t s_maxbytes;
	struct file_system_type *s_type;
	struct super_operations *s_op;
	unsigned long s_flags;
	unsigned long s_magic;
	struct dentry *s_root;
	struct rw_semaphore s_umount;
	struct mutex s_lock;	/* held while it is written back */
	int s_count;
	atomic_t s_active;
	struct list_head s_inodes;
	struct list_head s_files;
	struct list_head s_instances;
	char s_id[32];
	void *s_fs_info;
	struct quota_info s_dquot;
	struct timespec s_time_gran;
};

#define S_BIAS (1 << 30)

struct file_operations {
	struct module *owner;
	loff_t (*llseek)(struct file *file, loff_t offset, int origin);
	ssize_t (*read)(struct file *file, char __user *buf, size_t count, loff_t *ppos);
	ssize_t (*write)(struct file *file, const char __user *buf, size_t count, loff_t *ppos);
	int (*readdir)(struct file *file, void *dirent, filldir_t filldir);
	unsigned int (*poll)(struct file *file, struct poll_table_struct *wait);
	long (*unlocked_ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
	int (*open)(struct inode *inode, struct file *file);
	int (*flush)(struct file *file);
	int (*release)(struct inode *inode, struct file *file);
	int (*fsync)(struct file *file, struct dentry *dentry, int datasync);
};

struct inode_operations {
	int (*create)(struct inode *dir, struct dentry *dentry, int mode, struct nameidata *nd);
	struct dentry *(*lookup)(struct inode *dir, struct dentry *dentry, struct nameidata *nd);
	int (*link)(struct dentry *old, struct inode *dir, struct dentry *dentry);
	int (*unlink)(struct inode *dir, struct dentry *dentry);
	int (*symlink)(struct inode *dir, struct dentry *dentry, const char *target);
	int (*mkdir)(struct inode *dir, struct dentry *dentry, int mode);
	int (*rmdir)(struct inode *dir, struct dentry *dentry);
	int (*mknod)(struct inode *dir, struct dentry *dentry, int mode, dev_t dev);
	int (*rename)(struct inode *old_dir, struct dentry *old_dentry, struct inode *new_dir,
		      struct dentry *new_dentry);
	int (*readlink)(struct dentry *dentry, char __user *buf, int buflen);
	void *(*follow_link)(struct dentry *dentry, struct nameidata *nd);
	void (*put_link)(struct dentry *dentry, struct nameidata *nd, void *cookie);
	void (*truncate)(struct inode *inode);
	int (*permission)(struct inode *inode, int mask, struct nameidata *nd);
	int (*setattr)(struct dentry *dentry, struct iattr *attr);
	int (*getattr)(struct vfsmount *mnt, struct dentry *dentry, struct kstat *stat);
};

struct super_operations {
	struct inode *(*alloc_inode)(struct super_block *sb);
	void (*destroy_inode)(struct inode *inode);
	void (*read_inode)(struct inode *inode);
	void (*drop_inode)(struct inode *inode);
	void (*delete_inode)(struct inode *inode);
	void (*clear_inode)(struct inode *inode);
	void (*put_super)(struct super_block *sb);
	void (*write_super)(struct super_block *sb);
	int (*sync_fs)(struct super_block *sb, int wait);
	int (*statfs)(struct super_block *sb, struct kstatfs *buf);
	int (*remount_fs)(struct super_block *sb, int *flags, char *data);
	int (*show_options)(struct seq_file *m, struct vfsmount *mnt);
};

struct file_system_type {
	const char *name;
	int fs_flags;
	struct super_block *(*get_sb)(struct file_system_type *type, int flags,
				      const char *dev_name, void *data);
	void (*kill_sb)(struct super_block *sb);
	struct module *owner;
	struct file_system_type *next;
	struct list_head fs_supers;
};

/* filesystems.c */
int register_filesystem(struct file_system_type *fs);
int unregister_filesystem(struct file_system_type *fs);
struct file_system_type *get_fs_type(const char *name);
void put_filesystem(struct file_system_type *fs);
int get_filesystem_list(char *buf);

/* super.c */
extern struct list_head super_blocks;
extern spinlock_t sb_lock;
struct super_block *sget(struct file_system_type *type,
			 int (*test)(struct super_block *s, void *data),
			 int (*set)(struct super_block *s, void *data), void *data);
int set_anon_super(struct super_block *s, void *data);
struct super_block *get_sb_nodev(struct file_system_type *fs_type, int flags, void *data,
				 int (*fill_super)(struct super_block *sb, void *data, int silent));
struct super_block *get_sb_single(struct file_system_type *fs_type, int flags, void *data,
				  int (*fill_super)(struct super_block *sb, void *data,
						    int silent));
struct super_block *get_sb_pseudo(struct file_system_type *fs_type, char *name,
				  struct super_operations *ops, unsigned long magic);
void generic_shutdown_super(struct super_block *sb);
void kill_anon_super(struct super_block *sb);
void kill_litter_super(struct super_block *sb);
void deactivate_super(struct super_block *sb);
int do_remount_sb(struct super_block *sb, int flags, void *data, int force);
void sync_supers(void);

struct vfsmount *kern_mount(struct file_system_type *type);

/* inode.c */
struct inodes_stat_t {
	int nr_inodes;
	int nr_unused;
	int dummy[5];
};

extern struct inodes_stat_t inodes_stat;
void inode_init(void);
void inode_init_once(struct inode *inode);
struct inode *new_inode(struct super_block *sb);
struct inode *iget(struct super_block *sb, unsigned long ino);
struct inode *iget_locked(struct super_block *sb, unsigned long ino);
void unlock_new_inode(struct inode *inode);
struct inode *igrab(struct inode *inode);
void iput(struct inode *inode);
void clear_inode(struct inode *inode);
void generic_delete_inode(struct inode *inode);
void generic_drop_inode(struct inode *inode);
int invalidate_inodes(struct super_block *sb);
int inode_change_ok(struct inode *inode, struct iattr *attr);
int inode_setattr(struct inode *inode, struct iattr *attr);
int notify_change(struct dentry *dentry, struct iattr *attr);
int vmtruncate(struct inode *inode, loff_t offset);
void init_special_inode(struct inode *inode, umode_t mode, dev_t rdev);

/* char_dev.c */
int register_chrdev(unsigned int major, const char *name, const struct file_operations *fops);
int unregister_chrdev(unsigned int major, const char *name);
extern const struct file_operations def_chr_fops;

/* file_table.c, open.c */
struct file *get_empty_filp(void);
void file_move(struct file *file, struct list_head *list);
void file_kill(struct file *file);
struct file *filp_open(const char *filename, int flags, int mode);
struct file *dentry_open(struct dentry *dentry, struct vfsmount *mnt, int flags);
int filp_close(struct file *filp, fl_owner_t id);
long do_sys_open(const char __user *filename, int flags, int mode);
int do_truncate(struct dentry *dentry, loff_t length, struct file *filp);
int get_write_access(struct inode *inode);
int deny_write_access(struct file *file);
char *getname(const char __user *filename);
void putname(const char *name);
extern struct kmem_cache *names_cachep;

static inline void put_write_access(struct inode *inode)
{
	atomic_dec(&inode->i_writecount);
}

static inline void allow_write_access(struct file *file)
{
	if (file)
		atomic_inc(&file->f_dentry->d_inode->i_writecount);
}

/* namei.c */
int permission(struct inode *inode, int mask, struct nameidata *nd);
int vfs_permission(struct nameidata *nd, int mask);
int generic_permission(struct inode *inode, int mask);
int may_open(struct nameidata *nd, int acc_mode, int flag);
int vfs_create(struct inode *dir, struct dentry *dentry, int mode, struct nameidata *nd);
int vfs_mkdir(struct inode *dir, struct dentry *dentry, int mode);
int vfs_mknod(struct inode *dir, struct dentry *dentry, int mode, dev_t dev);
int vfs_symlink(struct inode *dir, struct dentry *dentry, const char *target);
int vfs_link(struct dentry *old, struct inode *dir, struct dentry *dentry);
int vfs_rmdir(struct inode *dir, struct dentry *dentry);
int vfs_unlink(struct inode *dir, struct dentry *dentry);
int vfs_rename(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
	       struct dentry *new);
int vfs_readlink(struct dentry *dentry, char __user *buf, int buflen, const char *link);
int vfs_follow_link(struct nameidata *nd, const char *link);
int generic_readlink(struct dentry *dentry, char __user *buf, int buflen);

/* stat.c */
int vfs_getattr(struct vfsmount *mnt, struct dentry *dentry, struct kstat *stat);
void generic_fillattr(struct inode *inode, struct kstat *stat);
int vfs_statfs(struct super_block *sb, struct kstatfs *buf);

/* read_write.c, mm/filemap.c */
ssize_t vfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos);
ssize_t vfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos);
loff_t vfs_llseek(struct file *file, loff_t offset, int origin);
loff_t generic_file_llseek(struct file *file, loff_t offset, int origin);
loff_t no_llseek(struct file *file, loff_t offset, int origin);
int nonseekable_open(struct inode *inode, struct file *filp);
ssize_t generic_file_read(struct file *file, char __user *buf, size_t count, loff_t *ppos);
ssize_t generic_file_write(struct file *file, const char __user *buf, size_t count,
			   loff_t *ppos);
struct page *filemap_nopage(struct vm_area_struct *area, unsigned long address, int *type);
int generic_file_mmap(struct file *file, struct vm_area_struct *vma);
ssize_t generic_read_dir(struct file *file, char __user *buf, size_t count, loff_t *ppos);
int vfs_readdir(struct file *file, filldir_t filler, void *buf);
int remove_suid(struct dentry *dentry);

/* libfs.c */
extern const struct file_operations simple_dir_operations;
extern struct inode_operations simple_dir_inode_operations;
extern struct inode_operations page_symlink_inode_operations;
int dcache_readdir(struct file *file, void *dirent, filldir_t filldir);
loff_t dcache_dir_lseek(struct file *file, loff_t offset, int origin);
int dcache_dir_open(struct inode *inode, struct file *file);
int dcache_dir_close(struct inode *inode, struct file *file);
struct dentry *simple_lookup(struct inode *dir, struct dentry *dentry, struct nameidata *nd);
int simple_statfs(struct super_block *sb, struct kstatfs *buf);
int simple_getattr(struct vfsmount *mnt, struct dentry *dentry, struct kstat *stat);
int simple_link(struct dentry *old, struct inode *dir, struct dentry *dentry);
int simple_unlink(struct inode *dir, struct dentry *dentry);
int simple_rmdir(struct inode *dir, struct dentry *dentry);
int simple_empty(struct dentry *dentry);
int simple_rename(struct inode *old_dir, struct dentry *old_dentry, struct inode *new_dir,
		  struct dentry *new_dentry);
int simple_sync_file(struct file *file, struct dentry *dentry, int datasync);
ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from,
				size_t available);
int page_symlink(struct inode *inode, const char *target, int len);

/* ramfs */
struct inode *ramfs_get_inode(struct super_block *sb, int mode, dev_t dev);
extern const struct file_operations ramfs_file_operations;
void init_ramfs(void);

/* pipe.c, fcntl.c, dcache.c */
extern const struct file_operations def_fifo_fops;
void send_sigio(struct fown_struct *fown, int fd, int band);
int f_setown(struct file *filp, unsigned long arg, int force);
void vfs_caches_init(unsigned long mempages);
void prepare_namespace(void);
int do_pipe(int *fd);
void mnt_init(void);

#endif /* _LINUX_FS_H */
